package com.foobar.benchmarks.routing.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * MySQL in containers, without TLS. Its performance schema counts the statements of the
 * application's account apart from all others.
 */
final class MySqlServers implements Servers {

	private static final DockerImageName IMAGE = DockerImageName.parse("mysql:9.7");

	private static final String PASSWORD = "secret";

	private static final String APPLICATION = "app";

	private static final int ATTEMPTS = 240;

	private final Network network = Network.newNetwork();

	private final Server primaryServer = new Server("primary", 1, this.network);

	private final Server replicaServer = new Server("replica", 2, this.network);

	private final Connection primary;

	private final Connection replica;

	MySqlServers() throws SQLException {
		this.primaryServer.start();
		this.replicaServer.start();
		this.primary = this.primaryServer.administer();
		this.replica = this.replicaServer.administer();
		Servers.execute(this.primary, "CREATE DATABASE foobar",
				"CREATE USER " + APPLICATION + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
				"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO " + APPLICATION + "@'%'",
				// ShardingSphere reads the system tables and all variables.
				"GRANT SELECT ON performance_schema.* TO " + APPLICATION + "@'%'",
				"CREATE USER monitor@'%' IDENTIFIED BY '" + PASSWORD + "'",
				"GRANT REPLICATION CLIENT ON *.* TO monitor@'%'", "GRANT SELECT ON performance_schema.* TO monitor@'%'",
				"CREATE USER replication@'%' IDENTIFIED BY '" + PASSWORD + "'",
				"GRANT REPLICATION SLAVE ON *.* TO replication@'%'");
		Servers.execute(this.replica, "RESET BINARY LOGS AND GTIDS",
				"CHANGE REPLICATION SOURCE TO SOURCE_HOST='primary', SOURCE_USER='replication', SOURCE_PASSWORD='"
						+ PASSWORD + "', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1",
				"START REPLICA", "SET GLOBAL super_read_only=ON");
		Servers.createTables(this.primary);
		awaitCaughtUp();
	}

	@Override
	public String version() throws SQLException {
		return "MySQL " + this.primary.getMetaData().getDatabaseProductVersion();
	}

	@Override
	public String awsDialect() {
		return "mysql";
	}

	@Override
	public String username() {
		return APPLICATION;
	}

	@Override
	public String password() {
		return PASSWORD;
	}

	@Override
	public String monitorUsername() {
		return "monitor";
	}

	@Override
	public String monitorPassword() {
		return PASSWORD;
	}

	@Override
	public String primaryUrl() {
		return this.primaryServer.url();
	}

	@Override
	public String replicaUrl() {
		return this.replicaServer.url();
	}

	@Override
	public String primaryAddress() {
		return this.primaryServer.address();
	}

	@Override
	public String replicaAddress() {
		return this.replicaServer.address();
	}

	@Override
	public void delay(Duration delay) throws SQLException {
		Servers.execute(this.replica, "STOP REPLICA SQL_THREAD",
				"CHANGE REPLICATION SOURCE TO SOURCE_DELAY=" + delay.toSeconds(), "START REPLICA SQL_THREAD");
	}

	@Override
	public void awaitCaughtUp() throws SQLException {
		String executed;
		try (Statement statement = this.primary.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@global.gtid_executed")) {
			row.next();
			executed = row.getString(1);
		}
		try (Statement statement = this.replica.createStatement();
				ResultSet row = statement.executeQuery("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed + "', 60)")) {
			row.next();
			if (row.getInt(1) != 0) {
				throw new IllegalStateException("The replica has not caught up within a minute");
			}
		}
	}

	@Override
	public Statements statements() throws SQLException {
		return new Statements(questions(this.primary), questions(this.replica));
	}

	private static long questions(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COALESCE(SUM(variable_value), 0) "
						+ "FROM performance_schema.status_by_user WHERE user = '" + APPLICATION
						+ "' AND variable_name = 'Questions'")) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	public void close() throws SQLException {
		this.primary.close();
		this.replica.close();
		this.replicaServer.stop();
		this.primaryServer.stop();
		this.network.close();
	}

	private static final class Server extends GenericContainer<Server> {

		Server(String name, int id, Network network) {
			super(IMAGE);
			withNetwork(network);
			withNetworkAliases(name);
			withExposedPorts(3306);
			withEnv("MYSQL_ROOT_PASSWORD", PASSWORD);
			withCommand("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
					"--max-connections=2000", "--innodb-flush-log-at-trx-commit=2", "--sync-binlog=0");
			waitingFor(new AbstractWaitStrategy() {
				@Override
				protected void waitUntilReady() {
					awaitConnections();
				}
			});
		}

		String address() {
			return "127.0.0.1:" + getMappedPort(3306);
		}

		String url() {
			return "jdbc:mysql://" + address() + "/foobar?sslMode=DISABLED&allowPublicKeyRetrieval=true";
		}

		Connection administer() throws SQLException {
			return DriverManager.getConnection(
					"jdbc:mysql://" + address() + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true", "root", PASSWORD);
		}

		private void awaitConnections() {
			SQLException last = null;
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				try (Connection connection = administer()) {
					if (connection.isValid(1)) {
						return;
					}
				}
				catch (SQLException ex) {
					last = ex;
				}
				pause();
			}
			throw new IllegalStateException("MySQL does not respond", last);
		}

		private static void pause() {
			try {
				Thread.sleep(500);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while MySQL started", ex);
			}
		}

	}

}
