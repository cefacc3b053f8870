package com.foobar.benchmarks.routing.peers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.foobar.local.database.Account;
import com.foobar.local.database.MariaDbNode;
import com.foobar.local.database.ReplicatedMariaDb;

/**
 * A primary and a replica of MariaDB, started for the comparison, and how many statements
 * they have answered.
 */
final class Servers implements AutoCloseable {

	private final ReplicatedMariaDb database;

	private final Connection primary;

	private final Connection replica;

	Servers() throws SQLException {
		this.database = ReplicatedMariaDb.builder().replicas(1).start();
		this.primary = administer(this.database.primary());
		this.replica = administer(this.database.replica(0));
		execute(this.primary, "CREATE TABLE foobar.item (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100))",
				"INSERT INTO foobar.item (id, name) VALUES (1, 'first')");
		awaitCaughtUp();
	}

	private static Connection administer(MariaDbNode node) throws SQLException {
		Connection connection = node.connect(Account.ROOT);
		execute(connection, "SET GLOBAL max_connections=2000");
		return connection;
	}

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	String username() {
		return Account.APP.username();
	}

	String password() {
		return this.database.credentials().password(Account.APP);
	}

	String monitorUsername() {
		return Account.MONITOR.username();
	}

	String monitorPassword() {
		return this.database.credentials().password(Account.MONITOR);
	}

	String primaryUrl() {
		return this.database.primary().jdbcUrl();
	}

	String replicaUrl() {
		return this.database.replica(0).jdbcUrl();
	}

	/** Of the primary, host and port. */
	String primaryAddress() {
		return "127.0.0.1:" + this.database.primary().port();
	}

	/** Of the replica, host and port. */
	String replicaAddress() {
		return "127.0.0.1:" + this.database.replica(0).port();
	}

	void delay(Duration delay) {
		this.database.replica(0).delay(delay);
	}

	void awaitCaughtUp() {
		this.database.awaitCaughtUp();
	}

	/** What clients have sent so far, this question left out. */
	Statements statements() throws SQLException {
		return new Statements(questions(this.primary), questions(this.replica));
	}

	private static long questions(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN "
						+ "('Questions', 'Com_show_status', 'Com_admin_commands')")) {
			long questions = 0;
			while (row.next()) {
				questions += row.getString(1).equals("Questions") ? row.getLong(2) : -row.getLong(2);
			}
			return questions;
		}
	}

	@Override
	public void close() throws SQLException {
		this.primary.close();
		this.replica.close();
		this.database.close();
	}

	/**
	 * How many statements each server has answered.
	 */
	record Statements(long primary, long replica) {

		Statements since(Statements before) {
			return new Statements(this.primary - before.primary, this.replica - before.replica);
		}

	}

}
