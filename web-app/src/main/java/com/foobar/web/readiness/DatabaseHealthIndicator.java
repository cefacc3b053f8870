package com.foobar.web.readiness;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;

/**
 * Component {@code database} of readiness. An instance that can read is ready: it serves
 * pages while the primary is gone, and says in its details that it cannot write. Where
 * there are replicas the details also tell of each server.
 */
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final int VALIDATION_SECONDS = 2;

	private final ObjectProvider<Topology> topology;

	private final DataSource dataSource;

	private final RoutedConnections connections;

	DatabaseHealthIndicator(ObjectProvider<Topology> topology, DataSource dataSource, RoutedConnections connections) {
		super("The database could not be asked");
		this.connections = connections;
		this.topology = topology;
		this.dataSource = dataSource;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Topology watched = this.topology.getIfAvailable();
		TopologySnapshot snapshot = (watched != null) ? watched.snapshot() : null;
		DatabaseState state = (snapshot != null) ? DatabaseState.of(snapshot) : askSingleDatabase();
		builder.withDetail("reads", state.reads()).withDetail("writes", state.writes());
		if (state.reason() != null) {
			builder.withDetail("reason", state.reason());
		}
		if (snapshot != null) {
			builder.withDetail("nodes", NodeReport.of(snapshot, this.connections));
		}
		if (state.reads()) {
			builder.up();
		}
		else {
			builder.down();
		}
	}

	/** Bounded by the pool's connection time-out. */
	private DatabaseState askSingleDatabase() {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.isValid(VALIDATION_SECONDS) ? DatabaseState.ALL
					: DatabaseState.none("the database does not answer");
		}
		catch (SQLException ex) {
			return DatabaseState.none("the database gives no connection");
		}
	}

}
