package com.foobar.routing.autoconfigure;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.physical.NodeFailureListener;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The open pools of all replicas. Closes them with the application.
 */
final class ReplicaPools implements AutoCloseable {

	private final Map<DatabaseNode, HikariDataSource> pools = new LinkedHashMap<>();

	/** By name, which stays the same when the role of a server changes. */
	private final Map<String, HikariDataSource> byName = new LinkedHashMap<>();

	private final Map<DatabaseNode, Integer> weights = new LinkedHashMap<>();

	ReplicaPools(List<ReplicaPool> replicas, NodeFailureListener failureListener,
			@Nullable Consumer<String> commitListener) {
		for (ReplicaPool replica : replicas) {
			HikariDataSource opened = replica.open(failureListener, commitListener);
			this.pools.put(replica.node(), opened);
			this.byName.put(replica.node().name(), opened);
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
	 * Includes threads waiting for a connection, since they are load too.
	 */
	int connectionsInUse(DatabaseNode node) {
		HikariDataSource pool = this.byName.get(node.name());
		HikariPoolMXBean running = (pool != null && pool.isRunning()) ? pool.getHikariPoolMXBean() : null;
		return (running != null) ? running.getActiveConnections() + running.getThreadsAwaitingConnection() : 0;
	}

	/**
	 * The pool of a server, {@code null} if it has none here.
	 */
	@Nullable HikariDataSource pool(DatabaseNode node) {
		return this.byName.get(node.name());
	}

	/**
	 * Open a connection as the pool does, without the pool, and close it.
	 */
	void tryToOpen(DatabaseNode node) throws SQLException {
		HikariDataSource pool = pool(node);
		DataSource driver = (pool != null && pool.isRunning()) ? pool.getDataSource() : null;
		if (driver != null) {
			driver.getConnection().close();
		}
	}

	@Override
	public void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

}
