package com.foobar.routing.compat;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Statements and result sets return the connection that the application holds.
 */
abstract class StatementContract extends Compatibility {

	private Transactions transactions = new Transactions();

	private JdbcTemplate jdbc = new JdbcTemplate();

	private void start(String... properties) {
		List<String> all = new ArrayList<>(
				List.of(WITHOUT_JPA, "spring.datasource.hikari.leak-detection-threshold=60000"));
		all.addAll(List.of(properties));
		start(Application.class, all.toArray(String[]::new));
		this.transactions = bean(Transactions.class);
		this.jdbc = bean(JdbcTemplate.class);
	}

	@Test
	void streamInsideATransactionLeavesItsConnectionOpen() {
		start();
		String text = UUID.randomUUID().toString();
		JdbcClient client = bean(JdbcClient.class);
		assertThat(this.transactions.writing(() -> {
			insert(this.jdbc, text);
			try (Stream<Integer> rows = this.jdbc.queryForStream("SELECT @@server_id",
					(row, number) -> row.getInt(1))) {
				assertThat(rows).containsExactly(PRIMARY);
			}
			try (Stream<String> rows = client.sql("SELECT text FROM memo WHERE text = ?")
				.param(text)
				.query(String.class)
				.stream()) {
				assertThat(rows).containsExactly(text);
			}
			return insert(this.jdbc, text);
		})).isOne();
		assertThat(this.transactions.reading(() -> count(this.jdbc, text))).isEqualTo(2);
		assertThat(this.transactions.reading(() -> {
			try (Stream<Integer> rows = client.sql("SELECT @@server_id").query(Integer.class).stream()) {
				assertThat(rows).containsExactly(REPLICA);
			}
			return server(this.jdbc);
		})).isEqualTo(REPLICA);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.transactions.writing(() -> {
			insert(this.jdbc, text);
			try (Stream<String> rows = client.sql("SELECT text FROM memo").query(String.class).stream()) {
				assertThat(rows).isNotEmpty();
			}
			throw new IllegalStateException("roll back");
		}));
		assertThat(this.transactions.writing(() -> count(this.jdbc, text))).isEqualTo(2);
	}

	@Test
	void streamOutsideATransactionClosesItsConnection() {
		start();
		for (int i = 0; i < 10; i++) {
			try (Stream<Integer> rows = this.jdbc.queryForStream("SELECT @@server_id",
					(row, number) -> row.getInt(1))) {
				assertThat(rows).containsExactly(PRIMARY);
			}
		}
	}

	/** The driver keeps the session state of its last response only. */
	@Test
	void autoCommittedCallThatWritesAndThenSelectsIsReadBack() {
		start("read-replica-routing.wait-timeout=200ms");
		servers().onPrimary("DROP PROCEDURE IF EXISTS foobar.note",
				"CREATE PROCEDURE foobar.note(IN note VARCHAR(100)) MODIFIES SQL DATA "
						+ "BEGIN INSERT INTO foobar.memo (text) VALUES (note); SELECT LAST_INSERT_ID(); END",
				"GRANT EXECUTE ON PROCEDURE foobar.note TO '" + servers().username() + "'@'%'");
		servers().awaitCaughtUp();
		String text = UUID.randomUUID().toString();
		servers().replicas().get(0).stopApplier();
		try {
			assertThat(this.jdbc.queryForObject("CALL foobar.note(?)", Long.class, text)).isPositive();
			assertThat(this.transactions.reading(() -> count(this.jdbc, text))).isOne();
		}
		finally {
			servers().replicas().get(0).startApplier();
		}
	}

	@Test
	void everyGetConnectionReturnsTheApplicationsConnection() throws SQLException {
		start();
		servers().onPrimary("DROP PROCEDURE IF EXISTS foobar.echo",
				"CREATE PROCEDURE foobar.echo(IN number INT) SELECT number",
				"GRANT EXECUTE ON PROCEDURE foobar.echo TO '" + servers().username() + "'@'%'");
		for (boolean readOnly : new boolean[] { true, false }) {
			servers().awaitCaughtUp();
			try (Connection connection = bean(DataSource.class).getConnection()) {
				connection.setReadOnly(readOnly);
				connection.setAutoCommit(false);
				statements(connection);
				prepared(connection, readOnly);
				call(connection);
				metaData(connection);
				connection.commit();
			}
		}
	}

	private static void statements(Connection connection) throws SQLException {
		for (Statement statement : List.of(connection.createStatement(),
				connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY),
				connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY,
						ResultSet.HOLD_CURSORS_OVER_COMMIT))) {
			try (statement) {
				check(connection, statement);
				check(connection, statement, statement.executeQuery("SELECT 1"));
				assertThat(statement.execute("SELECT 1")).isTrue();
				check(connection, statement, statement.getResultSet());
				assertThat(statement.getResultSet()).isSameAs(statement.getResultSet());
				assertThat(statement.isWrapperFor(com.mysql.cj.jdbc.JdbcStatement.class)).isTrue();
				assertThat(statement.unwrap(com.mysql.cj.jdbc.JdbcStatement.class)).isNotNull();
			}
		}
	}

	private static void prepared(Connection connection, boolean readOnly) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
			statement.setInt(1, 3);
			check(connection, statement);
			check(connection, statement, statement.executeQuery());
			assertThat(statement.isWrapperFor(com.mysql.cj.jdbc.JdbcPreparedStatement.class)).isTrue();
			assertThat(statement.unwrap(PreparedStatement.class)).isSameAs(statement);
			assertThat(statement).asString().contains("SELECT 3");
		}
		if (!readOnly) {
			try (PreparedStatement statement = connection.prepareStatement("INSERT INTO memo (text) VALUES ('keys')",
					Statement.RETURN_GENERATED_KEYS)) {
				assertThat(statement.executeUpdate()).isOne();
				check(connection, statement, statement.getGeneratedKeys());
			}
		}
	}

	private static void call(Connection connection) throws SQLException {
		if (connection.isReadOnly()) {
			return;
		}
		try (CallableStatement call = connection.prepareCall("{call echo(?)}")) {
			call.setInt(1, 3);
			check(connection, call);
			assertThat(call.execute()).isTrue();
			check(connection, call, call.getResultSet());
			assertThat(call.unwrap(CallableStatement.class)).isSameAs(call);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> call.getInt(7));
		}
	}

	private static void metaData(Connection connection) throws SQLException {
		assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
		try (ResultSet rows = connection.getMetaData().getTables(null, null, "memo", null)) {
			assertThat(rows.next()).isTrue();
			Statement statement = rows.getStatement();
			if (statement != null) {
				check(connection, statement);
			}
		}
	}

	private static void check(Connection connection, Statement statement) throws SQLException {
		assertThat(statement.getConnection()).isSameAs(connection);
	}

	private static void check(Connection connection, Statement statement, ResultSet rows) throws SQLException {
		try (rows) {
			assertThat(rows.getStatement()).isSameAs(statement);
			assertThat(Objects.requireNonNull(rows.getStatement()).getConnection()).isSameAs(connection);
			assertThat(rows.isWrapperFor(com.mysql.cj.jdbc.result.ResultSetImpl.class)).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

}
