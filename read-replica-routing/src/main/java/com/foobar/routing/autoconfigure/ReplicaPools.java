package com.foobar.routing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeFailureListener;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

/**
 * The open pools of all replicas. Closes them with the application.
 */
final class ReplicaPools implements AutoCloseable {

	private final Map<DatabaseNode, HikariDataSource> pools = new LinkedHashMap<>();

	private final Map<DatabaseNode, Integer> weights = new LinkedHashMap<>();

	ReplicaPools(List<ReplicaPool> replicas, NodeFailureListener failureListener) {
		for (ReplicaPool replica : replicas) {
			this.pools.put(replica.node(), replica.open(failureListener));
			this.weights.put(replica.node(), replica.weight());
		}
	}

	Map<DatabaseNode, HikariDataSource> byNode() {
		return this.pools;
	}

	Map<DatabaseNode, Integer> weights() {
		return this.weights;
	}

	/**
	 * Those who wait for a connection count too: they are load that is not served yet.
	 */
	int connectionsInUse(DatabaseNode node) {
		HikariDataSource pool = this.pools.get(node);
		HikariPoolMXBean running = (pool != null && pool.isRunning()) ? pool.getHikariPoolMXBean() : null;
		return (running != null) ? running.getActiveConnections() + running.getThreadsAwaitingConnection() : 0;
	}

	@Override
	public void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

}
