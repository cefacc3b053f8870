package com.foobar.routing;

import java.util.Objects;

/**
 * The node that a connection was opened on, and why. Made once for each connection that
 * runs at least one statement.
 *
 * @param node the node that serves the connection until it is closed
 * @param reason why this node
 */
public record RoutingDecision(DatabaseNode node, Reason reason) {

	public RoutingDecision {
		Objects.requireNonNull(node, "node");
		Objects.requireNonNull(reason, "reason");
	}

	/**
	 * Return whether a read falls back to the primary because no replica can serve it.
	 * @return whether the primary serves it as a fallback
	 */
	public boolean isPrimaryFallback() {
		return this.reason == Reason.NO_ELIGIBLE_REPLICA || this.reason == Reason.NOT_CAUGHT_UP;
	}

	/**
	 * Why a node was chosen.
	 */
	public enum Reason {

		/** On a replica: the transaction is read-only and the replica is eligible. */
		READ_ONLY,

		/**
		 * On a replica, after a wait until it had the GTIDs that the read depends on.
		 */
		CAUGHT_UP,

		/**
		 * On the primary although read-only: no replica had the required GTIDs in time.
		 */
		NOT_CAUGHT_UP,

		/**
		 * On the primary: a repository's own read-only transaction, which the application
		 * did not open, and which may be followed by a write of what it reads.
		 */
		REPOSITORY_READ,

		/** On the primary: a read-only transaction in a request that may write. */
		UNSAFE_REQUEST,

		/** On the primary: a transaction that may write. */
		READ_WRITE,

		/** On the primary: a statement outside any transaction. */
		AUTO_COMMIT,

		/** On the primary although read-only: no replica was eligible. */
		NO_ELIGIBLE_REPLICA

	}

}
