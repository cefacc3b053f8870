package com.foobar.routing;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether new work may go to a server, or the reason why not. Immutable.
 */
public sealed interface NodeStatus {

	/**
	 * New work may go there.
	 *
	 * @param lag how far the server is behind the primary; zero for the primary
	 */
	record Eligible(Duration lag) implements NodeStatus {

		public Eligible {
			if (lag.isNegative()) {
				throw new IllegalArgumentException("lag is " + lag + "; expected zero or more");
			}
		}

		@Override
		public String toString() {
			return "eligible, lag " + this.lag.toMillis() + " ms";
		}

	}

	/**
	 * No new work goes there.
	 *
	 * @param cause the kind of reason
	 * @param detail what was found, for an operator to act on
	 */
	record Ineligible(Cause cause, String detail) implements NodeStatus {

		public Ineligible {
			Objects.requireNonNull(cause, "cause");
			Objects.requireNonNull(detail, "detail");
		}

		@Override
		public String toString() {
			return detail();
		}

	}

	/**
	 * Why a server gets no new work.
	 */
	enum Cause {

		/** It was not probed yet. */
		UNKNOWN(false),

		/** It cannot be reached, refuses the account or does not respond in time. */
		UNREACHABLE(false),

		/**
		 * It responds, but not to the queries of the monitor: its account or privileges.
		 */
		NOT_OBSERVABLE(true),

		/**
		 * It responds to the monitor, but refuses the connections of its pool: the
		 * account, its password, its privileges or the database.
		 */
		REFUSED(true),

		/** It responds again, but not for long enough yet. */
		RECOVERING(true),

		/** It receives or applies no changes from the primary. */
		REPLICATION_STOPPED(true),

		/** It replicates, but its lag is unknown. */
		LAG_UNKNOWN(true),

		/** Its lag is greater than allowed. */
		LAGGING(true),

		/** An operator took it out of use. */
		DRAINED(true),

		/** It is configured as the primary but refuses writes. */
		READ_ONLY(true),

		/** It was the primary, and no server claims to be now. */
		NO_PRIMARY(true),

		/** It is one of several servers that accept writes. */
		SPLIT_BRAIN(true);

		private final boolean reachable;

		Cause(boolean reachable) {
			this.reachable = reachable;
		}

		boolean isReachable() {
			return this.reachable;
		}

	}

}
