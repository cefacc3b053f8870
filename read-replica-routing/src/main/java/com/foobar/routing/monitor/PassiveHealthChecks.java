package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.util.Objects;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.monitor.ProbeRun.Purpose;
import com.foobar.routing.physical.NodeFailureListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Turns failures of the pools' connections into changes of state and into probes ahead of
 * schedule. A replica is taken out at once, so that the first failure is the only one.
 * The primary is probed first, since no other server can take its place. Thread-safe.
 */
final class PassiveHealthChecks implements NodeFailureListener {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private final Cluster cluster;

	private final ClusterPublisher publisher;

	private final ProbeScheduler probeScheduler;

	private final boolean discovers;

	private volatile PoolTrial poolTrial = (node) -> {
	};

	PassiveHealthChecks(Cluster cluster, ClusterPublisher publisher, ProbeScheduler probeScheduler, boolean discovers) {
		this.cluster = cluster;
		this.publisher = publisher;
		this.probeScheduler = probeScheduler;
		this.discovers = discovers;
	}

	@Override
	public void onFailure(DatabaseNode node, SQLException failure) {
		if (!PoolFailures.isLossOfConnection(failure)) {
			return;
		}
		WatchedNode watched = this.cluster.node(node);
		boolean takenOut = this.publisher.update(() -> {
			if (watched.role != Role.REPLICA) {
				return false;
			}
			watched.history = watched.history
				.suspect("unreachable: a connection could not be opened: " + PoolFailures.firstLine(failure));
			return true;
		});
		if (!takenOut) {
			this.probeScheduler.request(watched, Purpose.CONFIRMATION);
		}
	}

	/**
	 * A replica that refuses the pool's account stays out until the pool can open a
	 * connection. Otherwise each borrower would wait for the connection timeout.
	 */
	@Override
	public void onNotOpened(DatabaseNode node, SQLException failure) {
		Ineligible found = PoolFailures.describe(failure);
		if (found == null) {
			return;
		}
		WatchedNode watched = this.cluster.node(node);
		boolean takenOut = this.publisher.update(() -> {
			if (watched.role != Role.REPLICA) {
				return false;
			}
			watched.poolFailure = found;
			watched.history = watched.history.confirmed(found);
			return true;
		});
		if (!takenOut && PoolFailures.isLossOfConnection(failure)) {
			this.probeScheduler.request(watched, Purpose.CONFIRMATION);
		}
	}

	@Override
	public void onBroken(DatabaseNode node, SQLException failure) {
		if (PoolFailures.isLossOfConnection(failure)) {
			this.probeScheduler.request(this.cluster.node(node), Purpose.CONFIRMATION);
		}
	}

	@Override
	public void onRefusedWrite(DatabaseNode node, SQLException failure) {
		this.probeScheduler.request(this.cluster.node(node), Purpose.CONFIRMATION);
		if (this.discovers) {
			this.cluster.nodes().forEach((watched) -> this.probeScheduler.request(watched, Purpose.DISCOVERY));
		}
	}

	void setPoolTrial(PoolTrial poolTrial) {
		this.poolTrial = poolTrial;
	}

	/**
	 * Forget a failure of the pool once the pool can open connections. A good probe does
	 * not suffice: the monitor's account is not the pool's.
	 * @param watched the server, which has just been probed
	 * @param purpose what the probe was for
	 * @param observation what it found
	 */
	void retryPool(WatchedNode watched, Purpose purpose, Observation observation) {
		Ineligible failure = watched.poolFailure;
		if (failure == null || purpose == Purpose.DISCOVERY || observation instanceof Observation.Unreachable) {
			return;
		}
		try {
			this.poolTrial.open(watched.node());
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The pool of " + watched.name + " still cannot open a connection", ex);
			return;
		}
		this.publisher.update(() -> {
			if (Objects.equals(watched.poolFailure, failure)) {
				watched.poolFailure = null;
			}
			return false;
		});
	}

}
