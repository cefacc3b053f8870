package com.foobar.routing.autoconfigure;

import java.util.function.Consumer;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeFailureListener;
import com.foobar.routing.connection.PhysicalDataSource;
import com.foobar.routing.guard.WriteGuard;
import com.foobar.routing.monitor.NodeEndpoint;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The pool of one replica before it is opened.
 *
 * @param node the replica
 * @param config the pool's configuration
 * @param weight its share of the reads
 */
record ReplicaPool(DatabaseNode node, HikariConfig config, int weight) {

	NodeEndpoint endpoint(ReadReplicaRoutingProperties.Monitor monitor) {
		return new NodeEndpoint(this.node, this.config.getJdbcUrl(),
				(monitor.username() != null) ? monitor.username() : this.config.getUsername(),
				(monitor.username() != null) ? monitor.password() : password(), this.config.getDataSourceProperties());
	}

	private @Nullable String password() {
		return this.config.getPassword();
	}

	/**
	 * Open the pool. Does not wait for the replica, which may be down.
	 * @param failureListener told of every failure
	 * @param commitListener told of every commit, {@code null} if there will be none
	 */
	HikariDataSource open(NodeFailureListener failureListener, @Nullable Consumer<String> commitListener) {
		BrokenConnections failures = new BrokenConnections(new NodeFailures(this.node, failureListener));
		PhysicalDataSource.prepare(this.config, failures, commitListener);
		WriteGuard.addTo(this.config, this.config.isReadOnly());
		HikariDataSource pool = new HikariDataSource(this.config);
		failures.watch(pool);
		return pool;
	}

}
