package com.foobar.routing.autoconfigure;

import java.util.List;
import java.util.function.Consumer;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.monitor.NodeEndpoint;
import com.foobar.routing.physical.NodeFailureListener;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.readonly.ReadOnlyInterceptors;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the pool of one replica, before it is opened.
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
	 * @param failureListener receives every failure
	 * @param commitListener receives the GTIDs of every commit, {@code null} for none
	 */
	HikariDataSource open(NodeFailureListener failureListener, @Nullable Consumer<String> commitListener) {
		NodeFailures failures = new NodeFailures();
		failures.reportTo(this.node, failureListener);
		PhysicalDataSource.prepare(this.config, failures, commitListener);
		ReadOnlyInterceptors.addTo(this.config, this.config.isReadOnly());
		HikariDataSource pool = new HikariDataSource(this.config);
		failures.evictOnFailure(pool);
		return pool;
	}

	/**
	 * The pools of all replicas, as one bean.
	 *
	 * @param pools in the order of the configuration
	 */
	record All(List<ReplicaPool> pools) {

	}

}
