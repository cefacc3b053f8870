package com.foobar.routing.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.SQLTransientConnectionException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.physical.PhysicalConnection;
import com.foobar.routing.servers.RecordingDriver;
import com.foobar.routing.statement.StatementProxy;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Closing, aborting and configuring a lazy connection.
 */
class ConnectionLifecycleTests extends RoutingDataSourceTestSupport {

	@Test
	void closedConnectionRejectsWork() throws SQLException {
		Connection connection = dataSource().getConnection();
		connection.close();
		connection.close();
		assertThat(connection.isClosed()).isTrue();
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::createStatement)
			.withMessageContaining("closed");
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::getAutoCommit);
	}

	@Test
	void abortedConnectionReleasesItsPermitsOnce() throws SQLException {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of());
		RoutingDataSource capped = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, this.pools.get(0))
			.primaryFallbackLimit(new PrimaryFallbackLimit(1))
			.build();
		Set<PhysicalConnection> aborted = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			Connection connection = capped.getConnection();
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
			assertThat(aborted.add(connection.unwrap(PhysicalConnection.class))).as("never used again").isTrue();
			connection.abort(Runnable::run);
			connection.abort(Runnable::run);
			connection.close();
			assertThat(connection.isClosed()).isTrue();
			assertThat(connection.isValid(1)).isFalse();
			assertThat(this.pools.get(0).getHikariPoolMXBean().getActiveConnections()).isZero();
		}
		try (Connection connection = capped.getConnection(); Connection second = capped.getConnection()) {
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
			second.setReadOnly(true);
			assertThatExceptionOfType(SQLTransientConnectionException.class)
				.isThrownBy(() -> execute(second, "SELECT 2"));
		}
	}

	@Test
	@SuppressWarnings("try")
	void abortDuringTheWaitForThePoolIsNotLost() throws Exception {
		HikariDataSource pool = this.pools.get(0);
		pool.setConnectionTimeout(30_000);
		Connection connection = dataSource().getConnection();
		CompletableFuture<Void> owner;
		try (Connection occupant = dataSource().getConnection()) {
			execute(occupant, "SELECT 1");
			owner = CompletableFuture.runAsync(() -> execute(connection, "UPDATE 1"));
			await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
			connection.abort(Runnable::run);
		}
		assertThatExceptionOfType(CompletionException.class).isThrownBy(owner::join)
			.withMessageContaining("The connection is closed");
		connection.close();
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		assertThat(RecordingDriver.sent("primary")).containsExactly("SELECT 1");
	}

	@Test
	void brokenConnectionIsClosedWithoutAnError() throws SQLException {
		for (boolean autoCommit : new boolean[] { true, false }) {
			Connection connection = dataSource().getConnection();
			connection.setAutoCommit(autoCommit);
			execute(connection, "UPDATE 1");
			RecordingDriver.down("primary");
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::createStatement)
				.withMessageContaining("broke");
			assertThatCode(connection::close).doesNotThrowAnyException();
			assertThat(this.pools.get(0).getHikariPoolMXBean().getActiveConnections()).isZero();
			RecordingDriver.reset();
		}
	}

	@Test
	void connectionWhoseAbortFailsReturnsToItsPool() throws SQLException {
		HikariDataSource pool = this.pools.get(0);
		RoutingDataSource refusing = RoutingDataSourceBuilder
			.create(() -> this.snapshot, PRIMARY, failing(pool, "abort", new SQLException("no permission")))
			.build();
		Connection connection = refusing.getConnection();
		execute(connection, "SELECT 1");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.abort(Runnable::run))
			.withMessage("no permission");
		assertThat(connection.isClosed()).isTrue();
		assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void readOnlyFlagStaysWhenTheDriverRejectsIt() throws SQLException {
		HikariDataSource pool = this.pools.get(0);
		RoutingDataSource refusing = RoutingDataSourceBuilder
			.create(() -> this.snapshot, PRIMARY, failing(pool, "setReadOnly", new SQLException("in a transaction")))
			.build();
		try (Connection connection = refusing.getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "UPDATE 1");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.setReadOnly(true));
			assertThat(connection.isReadOnly()).isFalse();
			connection.rollback();
		}
	}

	@Test
	void clientInfoDoesNotOpenAConnection() throws SQLException {
		Connection connection = dataSource().getConnection();
		assertThat(connection.getClientInfo()).isEmpty();
		connection.setClientInfo("ApplicationName", "test");
		assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("test");
		assertThat(connection.getClientInfo()).containsEntry("ApplicationName", "test");
		assertThat(this.decisions).isEmpty();
		connection.close();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.setClientInfo("a", "b"));
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::getClientInfo);
	}

	@Test
	void negativeTimeoutIsRefused() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.isValid(-1))
				.withMessageContaining("-1");
		}
	}

	/** A pool whose connections throw from one method. */
	private static DataSource failing(DataSource pool, String method, SQLException failure) {
		return new DelegatingDataSource(pool) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
						new Class<?>[] { Connection.class }, (proxy, called, arguments) -> {
							if (called.getName().equals(method)) {
								throw failure;
							}
							try {
								return called.invoke(connection, arguments);
							}
							catch (InvocationTargetException ex) {
								throw Objects.requireNonNull(ex.getCause());
							}
						});
			}

		};
	}

	@Test
	void closedStatementsOfALongLivedConnectionAreNotRetained() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			Consumer<Integer> use = (number) -> execute(connection, "UPDATE " + number);
			for (int i = 0; i < 1000; i++) {
				use.accept(i);
			}
			connection.rollback();
			assertThat(((StatementTrackingConnection) connection).abandonStatements()).hasSizeLessThan(64);
		}
	}

	@Test
	void statementsThatTheDriverClosedAreNotRetained() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			Statement newest = connection.createStatement();
			for (int i = 0; i < 1000; i++) {
				Statement newer = connection.createStatement();
				// As the driver does after closeOnCompletion().
				((StatementProxy<?>) newest).abandon().close();
				newest = newer;
			}
			assertThat(((StatementTrackingConnection) connection).abandonStatements()).hasSizeLessThan(64);
		}
	}

}
