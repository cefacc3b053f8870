package com.foobar.routing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeFailureListener;
import com.zaxxer.hikari.HikariDataSource;

/**
 * The open pools of all replicas. Closes them with the application.
 */
final class ReplicaPools implements AutoCloseable {

	private final Map<DatabaseNode, HikariDataSource> pools = new LinkedHashMap<>();

	ReplicaPools(List<ReplicaPool> replicas, NodeFailureListener failureListener) {
		for (ReplicaPool replica : replicas) {
			this.pools.put(replica.node(), replica.open(failureListener));
		}
	}

	Map<DatabaseNode, HikariDataSource> byNode() {
		return this.pools;
	}

	@Override
	public void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

}
