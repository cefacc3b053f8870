package com.foobar.benchmarks.routing.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A primary and a replica, started for the comparison, and the number of statements that
 * they have executed.
 */
interface Servers extends AutoCloseable {

	/** The id of the primary. */
	int PRIMARY = 1;

	/** Name and version, as it is published. */
	String version() throws SQLException;

	/** What the AWS wrapper calls the kind of server. */
	String awsDialect();

	String username();

	String password();

	String monitorUsername();

	String monitorPassword();

	String primaryUrl();

	String replicaUrl();

	/** Of the primary, host and port. */
	String primaryAddress();

	/** Of the replica, host and port. */
	String replicaAddress();

	void delay(Duration delay) throws SQLException;

	void awaitCaughtUp() throws SQLException;

	/** The statements that clients have sent so far, without this query. */
	Statements statements() throws SQLException;

	@Override
	void close() throws SQLException;

	/** Where the rows are. */
	static void createTables(Connection primary) throws SQLException {
		execute(primary, "CREATE TABLE foobar.item (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100))",
				"INSERT INTO foobar.item (id, name) VALUES (1, 'first')");
	}

	static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/**
	 * The number of statements that each server has executed.
	 */
	record Statements(long primary, long replica) {

		static final Statements NONE = new Statements(0, 0);

		Statements since(Statements before) {
			return new Statements(this.primary - before.primary, this.replica - before.replica);
		}

	}

}
