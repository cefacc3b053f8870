package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.dialect.GroupView;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.Standing;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a server found.
 */
sealed interface Observation {

	/**
	 * What the server says of being the primary.
	 */
	default Standing standing() {
		return Standing.OBSCURE;
	}

	/**
	 * The same look, as one at a server of a role.
	 * @param role the role the server has
	 */
	default Observation as(Role role) {
		return this;
	}

	/**
	 * Whether the server, should it be the primary, holds all that it ever will of what
	 * it has not made itself: nothing that it received waits to be applied.
	 */
	default boolean isSettled() {
		return false;
	}

	/**
	 * Which transactions the server has executed, {@code null} if it did not say.
	 */
	default @Nullable GtidSet executed() {
		return null;
	}

	/**
	 * The server did not answer, or not in time.
	 *
	 * @param detail what the driver said
	 */
	record Unreachable(String detail) implements Observation {

		@Override
		public Standing standing() {
			return Standing.SILENT;
		}

	}

	/**
	 * The server answered that it will not answer: the account is wrong, or may not ask.
	 *
	 * @param detail what the server said
	 */
	record Refused(String detail) implements Observation {

	}

	/**
	 * The server is of a kind that cannot be asked who is the primary in this way.
	 *
	 * @param detail what it is
	 */
	record Unsupported(String detail) implements Observation {

	}

	/**
	 * The primary answered.
	 *
	 * @param readOnly whether it refuses writes
	 * @param executed which transactions it has executed
	 */
	record Primary(boolean readOnly, GtidSet executed) implements Observation {

		@Override
		public boolean isSettled() {
			return true;
		}

	}

	/**
	 * A replica answered.
	 *
	 * @param report how its replication goes
	 * @param executed which transactions it has executed
	 */
	record Replica(ReplicationReport report, GtidSet executed) implements Observation {

	}

	/**
	 * A server answered that may have either role.
	 *
	 * @param readOnly whether it refuses writes
	 * @param report how its replication goes
	 * @param group its view of its group, where the group says who is the primary
	 * @param executed which transactions it has executed
	 */
	record Server(boolean readOnly, ReplicationReport report, @Nullable GroupView group,
			GtidSet executed) implements Observation {

		/**
		 * A member that lost touch with the majority still thinks that it is the primary,
		 * until it notices.
		 */
		@Override
		public Standing standing() {
			boolean entitled = this.group == null
					|| (this.group.isOnline() && this.group.primary() && this.group.majority());
			return (entitled && !this.readOnly) ? Standing.CLAIMS : Standing.DENIES;
		}

		@Override
		public boolean isSettled() {
			return this.report.receiver() == Receiver.ABSENT || !this.report.applying()
					|| Duration.ZERO.equals(this.report.lag());
		}

		@Override
		public Observation as(Role role) {
			return (role == Role.PRIMARY) ? new Primary(this.readOnly, this.executed)
					: new Replica(this.report, this.executed);
		}

	}

}
