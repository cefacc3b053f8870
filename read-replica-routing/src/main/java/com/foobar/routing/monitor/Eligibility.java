package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;

/**
 * Answers "is this server eligible, according to this one probe?". A pure function.
 *
 * @param maxLag maximum lag of an eligible replica
 */
record Eligibility(Duration maxLag) {

	/**
	 * Evaluate the result of a probe.
	 * @param observation what was found
	 * @param primaryLost whether the newest probe of the primary found it unreachable
	 * @param behind how long the primary has had what the server lacked when it was
	 * probed
	 * @return the status according to this probe
	 */
	NodeStatus evaluate(Observation observation, boolean primaryLost, Duration behind) {
		if (observation instanceof Observation.Unreachable unreachable) {
			return new Ineligible(Cause.UNREACHABLE, "unreachable: " + unreachable.detail());
		}
		if (observation instanceof Observation.Unsupported unsupported) {
			return new Ineligible(Cause.NOT_OBSERVABLE, unsupported.detail());
		}
		if (observation instanceof Observation.Refused refused) {
			return new Ineligible(Cause.NOT_OBSERVABLE,
					"cannot be monitored: " + refused.detail()
							+ "; check read-replica-routing.monitor.username, its password and its privileges "
							+ "(MySQL: REPLICATION CLIENT, MariaDB: SLAVE MONITOR)");
		}
		if (observation instanceof Observation.Primary primary) {
			return primary.readOnly()
					? new Ineligible(Cause.READ_ONLY,
							"configured as the primary but read-only (read_only is on): writes are refused")
					: new Eligible(Duration.ZERO);
		}
		return evaluate(((Observation.Replica) observation).report(), primaryLost, behind);
	}

	private NodeStatus evaluate(ReplicationReport report, boolean primaryLost, Duration behind) {
		if (report.receiver() == Receiver.ABSENT) {
			return stopped("not a replica: it has no replication source", "");
		}
		if (!report.applying()) {
			return stopped("replication stopped: the applier does not run", report.applierError());
		}
		if (report.receiver() != Receiver.CONNECTED) {
			// A replica whose source is gone has all there is, once it has applied what
			// it received. Without it nothing could be read.
			if (primaryLost && report.receiver() == Receiver.CONNECTING) {
				return withinLag((report.lag() != null) ? report.lag() : Duration.ZERO);
			}
			return stopped(
					(report.receiver() == Receiver.STOPPED) ? "replication stopped: the receiver does not run"
							: "replication interrupted: the receiver cannot connect to its source",
					report.receiverError());
		}
		if (report.lag() == null) {
			return new Ineligible(Cause.LAG_UNKNOWN, "lag unknown although replication runs; check that the account "
					+ "read-replica-routing.monitor.username may SELECT on performance_schema");
		}
		return (behind.compareTo(report.lag()) > 0) ? unseenLag(behind) : withinLag(report.lag());
	}

	/** The replica cannot see this lag: its link to the source is silent or slow. */
	private NodeStatus unseenLag(Duration behind) {
		NodeStatus status = withinLag(behind);
		return (status instanceof Ineligible ineligible) ? new Ineligible(ineligible.cause(), ineligible.detail()
				+ ": it lacks what the primary has had for so long, and reports less lag; check its link to the source")
				: status;
	}

	private NodeStatus withinLag(Duration lag) {
		if (lag.compareTo(this.maxLag) > 0) {
			return new Ineligible(Cause.LAGGING, "lag " + lag.toMillis() + " ms is over read-replica-routing.max-lag ("
					+ this.maxLag.toMillis() + " ms)");
		}
		return new Eligible(lag);
	}

	private static NodeStatus stopped(String what, String error) {
		return new Ineligible(Cause.REPLICATION_STOPPED, error.isEmpty() ? what : what + " (" + error + ")");
	}

}
