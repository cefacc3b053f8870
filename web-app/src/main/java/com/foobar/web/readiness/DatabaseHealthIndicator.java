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
 * The component {@code database} of readiness. An instance that can read is ready: it
 * serves pages while the primary is down, and reports in its details that it cannot
 * write. With replicas, the details also list each server.
 */
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final int VALIDATION_SECONDS = 2;

	private final ObjectProvider<Topology> topology;

	private final DataSource dataSource;

	private final RoutedConnections connections;

	DatabaseHealthIndicator(ObjectProvider<Topology> topology, DataSource dataSource, RoutedConnections connections) {
		super("The database check failed");
		this.connections = connections;
		this.topology = topology;
		this.dataSource = dataSource;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Topology current = this.topology.getIfAvailable();
		TopologySnapshot snapshot = (current != null) ? current.snapshot() : null;
		DatabaseState state = (snapshot != null) ? DatabaseState.of(snapshot) : checkSingleDatabase();
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

	/** Takes at most the pool's connection timeout. */
	private DatabaseState checkSingleDatabase() {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.isValid(VALIDATION_SECONDS) ? DatabaseState.ALL
					: DatabaseState.none("the database does not respond");
		}
		catch (SQLException ex) {
			return DatabaseState.none("no connection to the database");
		}
	}

}
