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
 * MariaDB, started from its binaries. It counts the statements of all its clients
 * together, so that some of the monitor's are among those of the application.
 */
final class MariaDbServers implements Servers {

	private final ReplicatedMariaDb database;

	private final Connection primary;

	private final Connection replica;

	MariaDbServers() throws SQLException {
		this.database = ReplicatedMariaDb.builder().replicas(1).start();
		this.primary = administer(this.database.primary());
		this.replica = administer(this.database.replica(0));
		Servers.createTables(this.primary);
		awaitCaughtUp();
	}

	private static Connection administer(MariaDbNode node) throws SQLException {
		Connection connection = node.connect(Account.ROOT);
		Servers.execute(connection, "SET GLOBAL max_connections=2000");
		return connection;
	}

	@Override
	public String version() throws SQLException {
		return "MariaDB " + this.primary.getMetaData().getDatabaseProductVersion();
	}

	@Override
	public String awsDialect() {
		return "mariadb";
	}

	@Override
	public String username() {
		return Account.APP.username();
	}

	@Override
	public String password() {
		return this.database.credentials().password(Account.APP);
	}

	@Override
	public String monitorUsername() {
		return Account.MONITOR.username();
	}

	@Override
	public String monitorPassword() {
		return this.database.credentials().password(Account.MONITOR);
	}

	@Override
	public String primaryUrl() {
		return this.database.primary().jdbcUrl();
	}

	@Override
	public String replicaUrl() {
		return this.database.replica(0).jdbcUrl();
	}

	@Override
	public String primaryAddress() {
		return "127.0.0.1:" + this.database.primary().port();
	}

	@Override
	public String replicaAddress() {
		return "127.0.0.1:" + this.database.replica(0).port();
	}

	@Override
	public void delay(Duration delay) {
		this.database.replica(0).delay(delay);
	}

	@Override
	public void awaitCaughtUp() {
		this.database.awaitCaughtUp();
	}

	@Override
	public Statements statements() throws SQLException {
		return new Statements(questions(this.primary), questions(this.replica));
	}

	/** Without this query and the pools' pings. */
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

}
