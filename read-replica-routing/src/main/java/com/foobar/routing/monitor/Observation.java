package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.dialect.GroupView;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.ClaimState;
import org.jspecify.annotations.Nullable;

/**
 * What one probe of a server found.
 */
sealed interface Observation {

	/**
	 * Whether the server claims to be the primary.
	 */
	default ClaimState claim() {
		return ClaimState.UNOBSERVABLE;
	}

	/**
	 * The same observation, of a server in the given role.
	 * @param role the role the server has
	 */
	default Observation as(Role role) {
		return this;
	}

	/**
	 * Whether the server, if it is the primary, has applied everything it received from
	 * other servers.
	 */
	default boolean isSettled() {
		return false;
	}

	/**
	 * Which transactions the server has executed, {@code null} if unknown.
	 */
	default @Nullable GtidSet executed() {
		return null;
	}

	/**
	 * The server did not respond, or not in time.
	 *
	 * @param detail the driver's message
	 */
	record Unreachable(String detail) implements Observation {

		@Override
		public ClaimState claim() {
			return ClaimState.SILENT;
		}

	}

	/**
	 * The server refused: the account is wrong, or lacks a privilege.
	 *
	 * @param detail the server's message
	 */
	record Refused(String detail) implements Observation {

	}

	/**
	 * The server does not support the configured way of primary discovery.
	 *
	 * @param detail the kind of server
	 */
	record Unsupported(String detail) implements Observation {

	}

	/**
	 * The primary responded.
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
	 * A replica responded.
	 *
	 * @param report its replication state
	 * @param executed which transactions it has executed
	 */
	record Replica(ReplicationReport report, GtidSet executed) implements Observation {

	}

	/**
	 * A server responded that may have either role.
	 *
	 * @param readOnly whether it refuses writes
	 * @param report its replication state
	 * @param group its view of its group, if the group determines the primary
	 * @param executed which transactions it has executed
	 */
	record Server(boolean readOnly, ReplicationReport report, @Nullable GroupView group,
			GtidSet executed) implements Observation {

		/**
		 * A member that was cut off from the majority still reports the role of the
		 * primary for a while.
		 */
		@Override
		public ClaimState claim() {
			boolean entitled = this.group == null
					|| (this.group.isOnline() && this.group.primary() && this.group.majority());
			return (entitled && !this.readOnly) ? ClaimState.CLAIMS : ClaimState.DENIES;
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
