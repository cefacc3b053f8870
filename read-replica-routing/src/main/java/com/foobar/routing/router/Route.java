package com.foobar.routing.router;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.consistency.RequiredGtids;
import org.jspecify.annotations.Nullable;

/**
 * The node for a connection, or the reason why there is none.
 */
public sealed interface Route {

	/**
	 * Return whether the choice would be another one if the read required no GTIDs.
	 * @return whether it depends on the required GTIDs
	 */
	default boolean dependsOnRequiredGtids() {
		return false;
	}

	/**
	 * A node was selected.
	 *
	 * @param decision the node and the reason
	 * @param required the GTIDs to wait for on the node
	 * @param server identity of the probed server, {@code null} if any server that the
	 * node's address leads to will do
	 */
	record Selected(RoutingDecision decision, RequiredGtids required, @Nullable String server) implements Route {

		Selected(RoutingDecision decision) {
			this(decision, RequiredGtids.NONE, null);
		}

		@Override
		public boolean dependsOnRequiredGtids() {
			return this.decision.reason() == Reason.CAUGHT_UP || this.decision.reason() == Reason.NOT_CAUGHT_UP;
		}

	}

	/**
	 * No node can serve the connection.
	 *
	 * @param message what was found and what to do about it
	 */
	record Unroutable(String message) implements Route {

	}

}
