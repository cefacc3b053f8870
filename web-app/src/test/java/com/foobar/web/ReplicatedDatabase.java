package com.foobar.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import com.foobar.local.database.Account;
import com.foobar.local.database.ReplicatedMariaDb;

/**
 * A real primary with a real replica, and the site's settings for them.
 */
final class ReplicatedDatabase implements AutoCloseable {

	final ReplicatedMariaDb servers = ReplicatedMariaDb.builder().replicas(1).start();

	Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>(singleDatabaseSettings());
		settings.put("read-replica-routing.primary.name", "mariadb-primary");
		settings.put("read-replica-routing.replicas[0].url", this.servers.replica(0).jdbcUrl());
		settings.put("read-replica-routing.replicas[0].name", "mariadb-replica-1");
		settings.put("read-replica-routing.monitor.interval", "100ms");
		settings.put("read-replica-routing.monitor.username", Account.MONITOR.username());
		settings.put("read-replica-routing.monitor.password", password(Account.MONITOR));
		return settings;
	}

	Map<String, String> singleDatabaseSettings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spring.datasource.url", this.servers.primary().jdbcUrl());
		settings.put("spring.datasource.username", Account.APP.username());
		settings.put("spring.datasource.password", password(Account.APP));
		settings.put("spring.flyway.user", Account.MIGRATION.username());
		settings.put("spring.flyway.password", password(Account.MIGRATION));
		return settings;
	}

	/** Kills all connections, as a stopping server does; the server keeps running. */
	void breakConnectionsToReplica() throws SQLException {
		try (Connection connection = this.servers.replica(0).connect(Account.ROOT);
				Statement statement = connection.createStatement()) {
			statement.execute("KILL CONNECTION USER " + Account.APP.username());
		}
	}

	/**
	 * Queries the primary directly.
	 * @return the first column of the first row
	 */
	String queryPrimary(String sql) {
		try (Connection connection = this.servers.primary().connect(Account.ROOT);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getString(1) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	private String password(Account account) {
		return this.servers.credentials().password(account);
	}

	@Override
	public void close() {
		this.servers.close();
	}

}
