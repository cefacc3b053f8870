package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When changes of the auto-commit mode, commits and rollbacks reach the servers.
 */
class AutoCommitTests extends RoutingDataSourceTestSupport {

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

}
