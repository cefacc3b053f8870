package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.physical.ConnectionFailureListener;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A routing DataSource over real HikariCP pools of a driver that records its statements.
 */
abstract class RoutingDataSourceTestSupport {

	static final DatabaseNode PRIMARY = new DatabaseNode("primary", Role.PRIMARY);

	static final DatabaseNode FIRST = new DatabaseNode("first", Role.REPLICA);

	static final DatabaseNode SECOND = new DatabaseNode("second", Role.REPLICA);

	final List<RoutingDecision> decisions = new ArrayList<>();

	final List<DatabaseNode> failures = new ArrayList<>();

	final List<HikariDataSource> pools = new ArrayList<>();

	TopologySnapshot snapshot = new TopologySnapshot(state(PRIMARY), List.of(state(FIRST)));

	@Nullable RoutingDataSource dataSource;

	@BeforeEach
	void setUp() {
		RecordingDriver.reset();
		HikariDataSource primary = pool(PRIMARY, false);
		this.dataSource = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, primary)
			.replica(FIRST, pool(FIRST, true))
			.replica(SECOND, pool(SECOND, true))
			.listeners(List.of(this.decisions::add))
			.failureListener((node, failure) -> this.failures.add(node))
			.build();
	}

	@AfterEach
	void tearDown() {
		this.pools.forEach(HikariDataSource::close);
	}

	DataSource dataSource() {
		return Objects.requireNonNull(this.dataSource);
	}

	TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(dataSource()));
		template.setReadOnly(readOnly);
		return template;
	}

	static void execute(Connection connection, String sql) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw sneaky(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Exception> RuntimeException sneaky(Exception ex) throws E {
		throw (E) ex;
	}

	private HikariDataSource pool(DatabaseNode node, boolean readOnly) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(RecordingDriver.url(node.name()));
		pool.setMaximumPoolSize(1);
		pool.setConnectionTimeout(250);
		pool.setReadOnly(readOnly);
		pool.setInitializationFailTimeout(-1);
		PhysicalDataSource.prepare(pool, ConnectionFailureListener.IGNORED);
		this.pools.add(pool);
		return pool;
	}

	static NodeState state(DatabaseNode node) {
		return new NodeState(node, new Eligible(Duration.ZERO));
	}

}
