package com.foobar.routing;

import java.util.Objects;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of one server.
 *
 * @param node the server
 * @param status whether it may be used, or why not
 * @param executed GTIDs that it is known to have executed; it may have more by now
 * @param server the identity of the probed server, {@code null} if unknown. The node's
 * address may lead to other servers, to which this state does not apply
 */
public record NodeState(DatabaseNode node, NodeStatus status, GtidSet executed, @Nullable String server) {

	public NodeState {
		Objects.requireNonNull(node, "node");
		Objects.requireNonNull(status, "status");
		Objects.requireNonNull(executed, "executed");
	}

	/**
	 * Create the state of a server whose address leads to no other.
	 * @param node the server
	 * @param status whether it may be used, or why not
	 * @param executed GTIDs that it is known to have executed
	 */
	public NodeState(DatabaseNode node, NodeStatus status, GtidSet executed) {
		this(node, status, executed, null);
	}

	/**
	 * Create the state of a server whose executed GTIDs are unknown.
	 * @param node the server
	 * @param status whether it may be used, or why not
	 */
	public NodeState(DatabaseNode node, NodeStatus status) {
		this(node, status, GtidSet.NONE);
	}

	/**
	 * Return whether new work may go there: reads to a replica, writes to the primary.
	 * @return whether the node is eligible
	 */
	public boolean isEligible() {
		return this.status instanceof NodeStatus.Eligible;
	}

	/**
	 * Return whether the server responded to its last probe. A server can be reachable
	 * and yet not eligible: a replica that lags, a primary that is read-only.
	 * @return whether the server responds
	 */
	public boolean isReachable() {
		return !(this.status instanceof NodeStatus.Ineligible ineligible) || ineligible.cause().isReachable();
	}

}
