package com.foobar.routing;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether new work may go to a server, or why it may not. Immutable.
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
	 * @param cause what kind of obstacle
	 * @param detail what was found, in words an operator can act on
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

		/** It was not asked yet. */
		UNKNOWN(false),

		/** It cannot be reached, refuses the account or does not answer in time. */
		UNREACHABLE(false),

		/** It answers, but not to the questions of the monitor: its account or rights. */
		NOT_OBSERVABLE(true),

		/**
		 * It answers the monitor, but refuses the connections of its pool: the account,
		 * its password, its privileges or the database.
		 */
		REFUSED(true),

		/** It answers again, but not for long enough to be trusted. */
		RECOVERING(true),

		/** It receives or applies no changes from the primary. */
		REPLICATION_STOPPED(true),

		/** It replicates, but how far it is behind cannot be told. */
		LAG_UNKNOWN(true),

		/** It is further behind than allowed. */
		LAGGING(true),

		/** An operator took it out of use. */
		DRAINED(true),

		/** It is configured as the primary but refuses writes. */
		READ_ONLY(true),

		/** It was the primary, and no server is now, as far as the servers tell. */
		NO_PRIMARY(true),

		/** It is one of several servers that take writes, of which one at most may. */
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
