package com.foobar.routing;

import java.util.Objects;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * One server and what is known of it.
 *
 * @param node the server
 * @param status whether it may be used, or why not
 * @param executed transactions it is known to have executed; it may have more by now
 * @param server the identity of the server that was looked at, {@code null} if it is not
 * known. Its address may lead to others, to which nothing said here applies
 */
public record NodeState(DatabaseNode node, NodeStatus status, GtidSet executed, @Nullable String server) {

	public NodeState {
		Objects.requireNonNull(node, "node");
		Objects.requireNonNull(status, "status");
		Objects.requireNonNull(executed, "executed");
	}

	/**
	 * A server whose address leads to no other.
	 * @param node the server
	 * @param status whether it may be used, or why not
	 * @param executed transactions it is known to have executed
	 */
	public NodeState(DatabaseNode node, NodeStatus status, GtidSet executed) {
		this(node, status, executed, null);
	}

	/**
	 * A server of which it is not known what it has executed.
	 * @param node the server
	 * @param status whether it may be used, or why not
	 */
	public NodeState(DatabaseNode node, NodeStatus status) {
		this(node, status, GtidSet.NONE);
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
