package com.foobar.routing;

import java.util.Objects;

/**
 * One server and what is known of it.
 *
 * @param node the server
 * @param status whether it may be used, or why not
 */
public record NodeState(DatabaseNode node, NodeStatus status) {

	public NodeState {
		Objects.requireNonNull(node, "node");
		Objects.requireNonNull(status, "status");
	}

	/**
	 * Whether new work of the node's kind may go there: reads to a replica, writes to the
	 * primary.
	 * @return whether the node is eligible
	 */
	public boolean isEligible() {
		return this.status instanceof NodeStatus.Eligible;
	}

	/**
	 * Whether the server answered when it was last asked. A server can be reachable and
	 * yet not eligible: a replica that lags, a primary that is read-only.
	 * @return whether the server answers
	 */
	public boolean isReachable() {
		return !(this.status instanceof NodeStatus.Ineligible ineligible) || ineligible.cause().isReachable();
	}

}
