package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.physical.ConnectionFailureListener;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Statements of a connection that moves from a replica to the primary.
 */
class StatementTests {

	private static final DatabaseNode PRIMARY = new DatabaseNode("primary", Role.PRIMARY);

	private static final DatabaseNode REPLICA = new DatabaseNode("replica", Role.REPLICA);

	private final HikariDataSource primary = pool(PRIMARY);

	private final HikariDataSource replica = pool(REPLICA);

	private final RoutingDataSource dataSource = RoutingDataSourceBuilder
		.create(() -> new TopologySnapshot(state(PRIMARY), List.of(state(REPLICA))), PRIMARY, this.primary)
		.replica(REPLICA, this.replica)
		.build();

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@AfterEach
	void close() {
		this.primary.close();
		this.replica.close();
	}

	@Test
	void statementMovesWithItsConnection() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute("SELECT 1");
				connection.setReadOnly(false);
				assertThat(statement.isClosed()).isFalse();
				statement.execute("UPDATE 1");
				statement.execute("UPDATE 2");
			}
			assertThat(activeConnections(this.replica)).as("while the connection is open").isOne();
			connection.createStatement().execute("UPDATE 3");
			assertThat(activeConnections(this.replica)).isZero();
		}
		assertThat(RecordingDriver.sent("replica")).containsExactly("SELECT 1");
		assertThat(RecordingDriver.sent("primary")).containsExactly("UPDATE 1", "UPDATE 2", "UPDATE 3");
		assertThat(activeConnections(this.primary)).isZero();
	}

	@Test
	void rowsCanBeReadToTheirEndAfterTheConnectionMoved() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(true);
			Statement reading = connection.createStatement();
			ResultSet rows = reading.executeQuery("SELECT 1");
			connection.setReadOnly(false);
			try (Statement writing = connection.createStatement()) {
				writing.execute("UPDATE 1");
			}
			assertThat(rows.next()).isTrue();
			assertThat(reading.isClosed()).isFalse();
			assertThat(reading.getConnection()).isSameAs(connection);
		}
		assertThat(activeConnections(this.replica)).isZero();
		assertThat(activeConnections(this.primary)).isZero();
	}

	@Test
	void preparedStatementThatCannotMoveIsRejectedAfterItsConnectionMoved() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(true);
			PreparedStatement reading = connection.prepareStatement("SELECT 1");
			connection.setReadOnly(false);
			reading.execute();
			connection.createStatement().execute("UPDATE 1");
			assertThatExceptionOfType(SQLException.class).isThrownBy(reading::execute)
				.withMessageContaining("Make the statement again");
		}
		assertThat(RecordingDriver.sent("replica")).containsExactly("SELECT 1");
	}

	@Test
	void statementLeftOpenDoesNotKeepLaterWritesOnTheReplica() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			PreparedStatement forgotten = connection.prepareStatement("SELECT 1");
			forgotten.execute();
			connection.commit();
			connection.setReadOnly(false);
			try (Statement writing = connection.createStatement()) {
				writing.execute("UPDATE 1");
			}
			connection.commit();
			assertThat(forgotten.isClosed()).isFalse();
		}
		assertThat(RecordingDriver.sent("replica")).containsExactly("SET autocommit=0", "SELECT 1", "COMMIT");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT");
	}

	@Test
	void onlyOpenStatementsAreTrackedInWhateverOrderTheOthersAreClosed() throws SQLException {
		try (LazyConnection connection = (LazyConnection) this.dataSource.getConnection()) {
			List<Statement> statements = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				statements.add(connection.prepareStatement("SELECT " + i));
			}
			for (int closed : new int[] { 1, 0, 4 }) {
				statements.get(closed).close();
			}
			assertThat(connection.hasOpenStatement()).isTrue();
			Statement last = connection.prepareStatement("SELECT 5");
			assertThat(connection.abandonStatements()).extracting(Statement::toString)
				.containsExactly(last.toString(), statements.get(3).toString(), statements.get(2).toString());
			assertThat(connection.hasOpenStatement()).isFalse();
		}
	}

	@Test
	void abortReachesTheReplicaThatIsStillRead() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		connection.setReadOnly(true);
		Statement reading = connection.createStatement();
		reading.execute("SELECT 1");
		connection.setReadOnly(false);
		connection.createStatement().execute("UPDATE 1");
		connection.abort(Runnable::run);
		assertThat(reading.isClosed()).isTrue();
		assertThat(activeConnections(this.replica)).isZero();
		assertThat(activeConnections(this.primary)).isZero();
	}

	private static int activeConnections(HikariDataSource pool) {
		return pool.getHikariPoolMXBean().getActiveConnections();
	}

	private static HikariDataSource pool(DatabaseNode node) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(RecordingDriver.url(node.name()));
		pool.setMaximumPoolSize(1);
		pool.setConnectionTimeout(250);
		pool.setReadOnly(node.role() == Role.REPLICA);
		pool.setInitializationFailTimeout(-1);
		PhysicalDataSource.prepare(pool, ConnectionFailureListener.IGNORED);
		return pool;
	}

	private static NodeState state(DatabaseNode node) {
		return new NodeState(node, new Eligible(Duration.ZERO));
	}

}
