package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.ClaimState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which transactions the servers have executed up to date between scheduled probes.
 * Takes no lock: readers report what they found here. Thread-safe.
 */
final class GtidProgress implements ExecutedGtids {

	private final Cluster cluster;

	private final SnapshotHolder holder;

	private final ProbeScheduler probeScheduler;

	private final boolean discovers;

	GtidProgress(Cluster cluster, SnapshotHolder holder, ProbeScheduler probeScheduler, boolean discovers) {
		this.cluster = cluster;
		this.holder = holder;
		this.probeScheduler = probeScheduler;
		this.discovers = discovers;
	}

	@Override
	public void record(DatabaseNode node, @Nullable String server, GtidSet transactions) {
		WatchedNode watched = this.cluster.node(node);
		watched.addExecuted(server, transactions);
		this.holder.refresh(node.name(), watched::refresh);
	}

	/**
	 * A server that no longer claims to be the primary is no authority: it may lack
	 * commits of its successor, which must not be treated as forged.
	 */
	@Override
	public @Nullable GtidSet queryPrimary(DatabaseNode node, Duration timeout) {
		Observation observation = this.probeScheduler.await(this.cluster.node(node), timeout);
		if (observation == null || (this.discovers && observation.claim() != ClaimState.CLAIMS)) {
			return null;
		}
		return observation.executed();
	}

}
