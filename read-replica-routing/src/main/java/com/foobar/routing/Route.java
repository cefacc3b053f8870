package com.foobar.routing;

/**
 * Where a connection goes, or why it goes nowhere.
 */
sealed interface Route {

	/**
	 * The connection goes to a node.
	 *
	 * @param decision the node and the reason
	 * @param demand what the node must be waited for to have
	 */
	record To(RoutingDecision decision, Demand demand) implements Route {

		To(RoutingDecision decision) {
			this(decision, Demand.NOTHING);
		}

	}

	/**
	 * No node may serve the connection.
	 *
	 * @param message what was found and what to do about it
	 */
	record Nowhere(String message) implements Route {

	}

}
