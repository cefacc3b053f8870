package com.foobar.routing.router;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.consistency.RequiredGtids;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection goes, or why it goes nowhere.
 */
public sealed interface Route {

	/**
	 * The connection goes to a node.
	 *
	 * @param decision the node and the reason
	 * @param demand what the node must be waited for to have
	 * @param server the server that the decision is about, {@code null} if any that the
	 * node's address leads to will do
	 */
	record To(RoutingDecision decision, RequiredGtids demand, @Nullable String server) implements Route {

		To(RoutingDecision decision) {
			this(decision, RequiredGtids.NOTHING, null);
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
