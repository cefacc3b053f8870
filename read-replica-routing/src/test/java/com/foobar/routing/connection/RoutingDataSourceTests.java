package com.foobar.routing.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.PrimaryFallbackLimitException;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.physical.ConnectionFailureListener;
import com.foobar.routing.physical.PhysicalConnection;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which statements reach the servers, through real HikariCP pools.
 */
class RoutingDataSourceTests {

	private static final DatabaseNode PRIMARY = new DatabaseNode("primary", Role.PRIMARY);

	private static final DatabaseNode FIRST = new DatabaseNode("first", Role.REPLICA);

	private static final DatabaseNode SECOND = new DatabaseNode("second", Role.REPLICA);

	private final List<RoutingDecision> decisions = new ArrayList<>();

	private final List<DatabaseNode> failures = new ArrayList<>();

	private final List<HikariDataSource> pools = new ArrayList<>();

	private TopologySnapshot snapshot = new TopologySnapshot(state(PRIMARY), List.of(state(FIRST)));

	private @Nullable RoutingDataSource dataSource;

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

	@Test
	void transactionsAddNothingToTheirStatementsAndTheCommit() {
		TransactionTemplate write = transaction(false);
		TransactionTemplate read = transaction(true);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource());
		write.executeWithoutResult((status) -> jdbc.execute("INSERT 1"));
		read.executeWithoutResult((status) -> jdbc.execute("SELECT 1"));
		RecordingDriver.reset();
		write.executeWithoutResult((status) -> jdbc.execute("INSERT 2"));
		read.executeWithoutResult((status) -> jdbc.execute("SELECT 2"));
		write.executeWithoutResult((status) -> jdbc.execute("INSERT 3"));
		assertThat(RecordingDriver.sent("primary")).containsExactly("INSERT 2", "COMMIT", "INSERT 3", "COMMIT");
		assertThat(RecordingDriver.sent("first")).containsExactly("SELECT 2", "COMMIT");
	}

	@Test
	void modeChangesReachTheServerOnlyWhenAStatementRunsInAnotherMode() {
		TransactionTemplate write = transaction(false);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource());
		jdbc.execute("UPDATE 1");
		jdbc.execute("UPDATE 2");
		write.executeWithoutResult((status) -> jdbc.execute("UPDATE 3"));
		write.executeWithoutResult((status) -> jdbc.execute("UPDATE 4"));
		jdbc.execute("UPDATE 5");
		assertThat(RecordingDriver.sent("primary")).containsExactly("UPDATE 1", "UPDATE 2", "SET autocommit=0",
				"UPDATE 3", "COMMIT", "UPDATE 4", "COMMIT", "SET autocommit=1", "UPDATE 5");
	}

	@Test
	void poolStillReturnsConnectionsInAutoCommitMode() throws SQLException {
		transaction(false).executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("UPDATE 1"));
		try (Connection connection = this.pools.get(0).getConnection();
				Statement statement = connection.createStatement()) {
			assertThat(connection.getAutoCommit()).isTrue();
			statement.execute("UPDATE 2");
		}
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT",
				"SET autocommit=1", "UPDATE 2");
	}

	@Test
	void rollbackReachesTheServer() {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource());
		transaction(false).executeWithoutResult((status) -> {
			jdbc.execute("UPDATE 1");
			status.setRollbackOnly();
		});
		assertThat(RecordingDriver.sent("primary")).endsWith("UPDATE 1", "ROLLBACK");
	}

	@Test
	void transactionLeftOpenIsRolledBackByThePool() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "UPDATE 1");
		}
		new JdbcTemplate(dataSource()).execute("UPDATE 2");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "ROLLBACK",
				"SET autocommit=1", "UPDATE 2");
	}

	@Test
	void transactionWithoutStatementAcquiresNoConnection() throws SQLException {
		transaction(true).executeWithoutResult((status) -> {
		});
		transaction(false).executeWithoutResult((status) -> {
		});
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			connection.commit();
			connection.rollback();
			connection.clearWarnings();
			assertThat((Object) connection.getWarnings()).isNull();
			assertThat(connection.isValid(1)).isTrue();
			assertThat(connection.isReadOnly()).isFalse();
			assertThat(connection.getTypeMap()).isEmpty();
		}
		assertThat(this.decisions).isEmpty();
		assertThat(this.pools).noneMatch(HikariDataSource::isRunning);
	}

	@Test
	void statementKeptAcrossACommitRunsInTheRightMode() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			try (PreparedStatement statement = connection.prepareStatement("UPDATE 1")) {
				statement.execute();
				connection.commit();
				statement.execute();
				connection.commit();
				connection.setAutoCommit(true);
				statement.execute();
				connection.setAutoCommit(false);
				statement.execute();
				connection.commit();
			}
		}
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT",
				"UPDATE 1", "COMMIT", "SET autocommit=1", "UPDATE 1", "SET autocommit=0", "UPDATE 1", "COMMIT");
	}

	@Test
	void switchingAutoCommitOnEndsAnOpenTransaction() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "UPDATE 1");
			connection.setAutoCommit(true);
		}
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "SET autocommit=1");
	}

	@Test
	void settingsMadeBeforeTheFirstStatementReachTheConnection() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
			execute(connection, "SELECT 1");
		}
		assertThat(RecordingDriver.sent("primary")).startsWith("SET isolation=2", "SELECT 1");
	}

	@Test
	void isolationIsReadWithoutSelectingAServer() {
		TransactionTemplate read = transaction(true);
		read.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		read.executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("SELECT 1"));
		assertThat(this.decisions).containsExactly(new RoutingDecision(FIRST, Reason.READ_ONLY));
		assertThat(RecordingDriver.sent("primary")).isEmpty();
	}

	@Test
	void replicaIsLeftWhenTheConnectionIsNoLongerReadOnly() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			execute(connection, "SELECT 1");
			connection.commit();
			connection.setReadOnly(false);
			execute(connection, "UPDATE 1");
			connection.commit();
		}
		assertThat(RecordingDriver.sent("first")).containsExactly("SET autocommit=0", "SELECT 1", "COMMIT");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT");
		assertThat(this.pools.get(1).getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void replicaIsNotLeftInTheMiddleOfATransaction() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			execute(connection, "SELECT 1");
			connection.setReadOnly(false);
			execute(connection, "SELECT 2");
			connection.commit();
			execute(connection, "UPDATE 1");
			connection.commit();
		}
		assertThat(RecordingDriver.sent("first")).containsExactly("SET autocommit=0", "SELECT 1", "SELECT 2", "COMMIT");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT");
	}

	@Test
	void failedAcquisitionTriesTheNextReplicaAndThenThePrimary() {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of(state(FIRST), state(SECOND)));
		RecordingDriver.down("first");
		RecordingDriver.down("second");
		transaction(true).executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("SELECT 1"));
		assertThat(this.failures).containsExactlyInAnyOrder(FIRST, SECOND);
		assertThat(this.decisions).containsExactly(new RoutingDecision(PRIMARY, Reason.NO_ELIGIBLE_REPLICA));
		assertThat(RecordingDriver.sent("primary")).contains("SELECT 1");
	}

	/** A connection of this driver leads to the server in its URL. */
	@Test
	void readDoesNotRunOnAServerThatWasNotProbed() {
		this.snapshot = new TopologySnapshot(state(PRIMARY),
				List.of(new NodeState(FIRST, new Eligible(Duration.ZERO), GtidSet.NONE, "another"),
						new NodeState(SECOND, new Eligible(Duration.ZERO), GtidSet.NONE, "second")));
		for (int read = 0; read < 2; read++) {
			transaction(true).executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("SELECT 1"));
		}
		assertThat(RecordingDriver.sent("first")).doesNotContain("SELECT 1");
		assertThat(RecordingDriver.sent("second")).contains("SELECT 1");
		assertThat(this.failures).as("is out for everybody, with a reason").containsExactly(FIRST);
		assertThat(this.decisions).containsOnly(new RoutingDecision(SECOND, Reason.READ_ONLY));
	}

	@Test
	void failureNamesTheNodeTheReasonAndTheRemedy() {
		this.snapshot = new TopologySnapshot(
				new NodeState(PRIMARY, new Ineligible(Cause.UNREACHABLE, "unreachable: refused")), List.of());
		assertThatExceptionOfType(SQLTransientConnectionException.class)
			.isThrownBy(() -> execute(dataSource().getConnection(), "UPDATE 1"))
			.withMessageContaining("A statement outside a transaction needs the primary primary (unreachable: refused)")
			.satisfies((failure) -> assertThat(failure.getSQLState()).isEqualTo("08001"));
	}

	@Test
	void readOnlyFallbackOnThePrimaryIsReadOnlyThere() throws SQLException {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of());
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
			assertThat(connection.unwrap(PhysicalConnection.class).isReadOnly()).isTrue();
			connection.setReadOnly(false);
			assertThat(connection.unwrap(PhysicalConnection.class).isReadOnly()).isFalse();
		}
	}

	@Test
	void readsOnThePrimaryAreCappedAndReleaseTheirPermit() throws SQLException {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of());
		RoutingDataSource capped = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, this.pools.get(0))
			.primaryFallbackLimit(new PrimaryFallbackLimit(1))
			.build();
		for (int i = 0; i < 3; i++) {
			try (Connection connection = capped.getConnection(); Connection second = capped.getConnection()) {
				connection.setReadOnly(true);
				execute(connection, "SELECT 1");
				second.setReadOnly(true);
				assertThatExceptionOfType(PrimaryFallbackLimitException.class)
					.isThrownBy(() -> execute(second, "SELECT 2"))
					.withMessageContaining("read-replica-routing.primary-fallback.max-concurrent")
					.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08004"));
			}
		}
		assertThat(this.failures).isEmpty();
	}

	@Test
	void failureOfAListenerDoesNotAffectTheStatement() throws SQLException {
		RoutingDataSource failing = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, this.pools.get(0))
			.listeners(List.of((decision) -> {
				throw new IllegalStateException("listener");
			}))
			.build();
		try (Connection connection = failing.getConnection()) {
			assertThatCode(() -> execute(connection, "SELECT 1")).doesNotThrowAnyException();
		}
	}

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
	void metadataAndUnwrapDoNotBindTheConnection() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			assertThat(connection.getMetaData().getURL()).isEqualTo(RecordingDriver.url("primary"));
			assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
			assertThat(connection.isWrapperFor(Connection.class)).isTrue();
			assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
			assertThat(this.decisions).isEmpty();
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
		}
		assertThat(this.decisions).containsExactly(new RoutingDecision(FIRST, Reason.READ_ONLY));
	}

	@Test
	void unwrapsToItselfAndToThePrimarysPool() throws SQLException {
		assertThat(dataSource().unwrap(RoutingDataSource.class)).isSameAs(this.dataSource);
		assertThat(dataSource().unwrap(HikariDataSource.class)).isSameAs(this.pools.get(0));
		assertThat(DataSourceUnwrapper.unwrapRoot(dataSource())).isSameAs(this.pools.get(0));
		assertThat(dataSource().isWrapperFor(com.zaxxer.hikari.HikariConfigMXBean.class))
			.as("pool metrics would count the primary's pool twice")
			.isFalse();
	}

	@Test
	void refusesConnectionsForOtherAccounts() {
		assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
			.isThrownBy(() -> dataSource().getConnection("other", "secret"));
	}

	@Test
	void closedStatementsOfALongLivedConnectionAreNotRetained() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setAutoCommit(false);
			Consumer<Integer> use = (number) -> execute(connection, "UPDATE " + number);
			for (int i = 0; i < 1000; i++) {
				use.accept(i);
			}
			assertThat(connection).extracting("statements")
				.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
				.hasSizeLessThan(64);
			connection.rollback();
		}
	}

	private DataSource dataSource() {
		return Objects.requireNonNull(this.dataSource);
	}

	private TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(dataSource()));
		template.setReadOnly(readOnly);
		return template;
	}

	private static void execute(Connection connection, String sql) {
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

	private static NodeState state(DatabaseNode node) {
		return new NodeState(node, new Eligible(Duration.ZERO));
	}

}
