package com.foobar.routing;

/**
 * Where a connection goes, or why it goes nowhere.
 */
sealed interface Route {

	/**
	 * The connection goes to a node.
	 *
	 * @param decision the node and the reason
	 */
	record To(RoutingDecision decision) implements Route {

	}

	/**
	 * No node may serve the connection.
	 *
	 * @param message what was found and what to do about it
	 */
	record Nowhere(String message) implements Route {

	}

}
