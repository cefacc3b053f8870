package com.foobar.routing.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Three MySQL servers in a replication group with a single primary, the first. Server ids
 * are 1, 2 and 3.
 */
public final class MySqlGroup implements AutoCloseable {

	public static final String USERNAME = "app";

	public static final String PASSWORD = "secret";

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Network network = Network.newNetwork();

	private final List<Member> members = new ArrayList<>();

	public MySqlGroup() {
		for (int id = 1; id <= 3; id++) {
			this.members.add(new Member(id, this.network));
		}
		try {
			Startables.deepStart(this.members).join();
			for (int id = 1; id <= 3; id++) {
				execute(id, "SET SQL_LOG_BIN=0", "CREATE USER replication@'%' IDENTIFIED BY '" + PASSWORD + "'",
						"GRANT REPLICATION SLAVE, CONNECTION_ADMIN, BACKUP_ADMIN, GROUP_REPLICATION_STREAM ON *.* TO replication@'%'",
						"RESET BINARY LOGS AND GTIDS", "SET SQL_LOG_BIN=1",
						"CHANGE REPLICATION SOURCE TO SOURCE_USER='replication', SOURCE_PASSWORD='" + PASSWORD
								+ "' FOR CHANNEL 'group_replication_recovery'");
			}
			execute(1, "SET GLOBAL group_replication_bootstrap_group=ON", "START GROUP_REPLICATION",
					"SET GLOBAL group_replication_bootstrap_group=OFF", "CREATE DATABASE foobar",
					"CREATE TABLE foobar.entry (id BIGINT AUTO_INCREMENT PRIMARY KEY, server INT NOT NULL)",
					"CREATE USER app@'%' IDENTIFIED BY '" + PASSWORD + "'",
					"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO app@'%'",
					"GRANT REPLICATION CLIENT ON *.* TO app@'%'", "GRANT SELECT ON performance_schema.* TO app@'%'");
			IntStream.of(2, 3).parallel().forEach((id) -> execute(id, "START GROUP_REPLICATION"));
			Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> online() == 3);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	public String url(int id) {
		return this.members.get(id - 1).address() + "foobar?sslMode=REQUIRED";
	}

	/** Kills a member, so that it cannot leave the group. */
	public void kill(int id) {
		Member member = this.members.get(id - 1);
		member.getDockerClient().killContainerCmd(member.getContainerId()).exec();
	}

	private int online() throws SQLException {
		try (Connection connection = this.members.get(0).connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT COUNT(*) FROM performance_schema.replication_group_members "
							+ "WHERE MEMBER_STATE = 'ONLINE'")) {
			row.next();
			return row.getInt(1);
		}
	}

	/** Connects to a member with all privileges. */
	public Connection administer(int id) throws SQLException {
		return this.members.get(id - 1).connect();
	}

	public void execute(int id, String... statements) {
		try (Connection connection = administer(id); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not prepare member " + id, ex);
		}
	}

	@Override
	public void close() {
		this.members.forEach(Member::stop);
		this.network.close();
	}

	private static final class Member extends GenericContainer<Member> {

		private final int port = freePort();

		Member(int id, Network network) {
			super(DockerImageName.parse("mysql:9.7"));
			String name = "member-" + id;
			withNetwork(network);
			withNetworkAliases(name);
			withEnv("MYSQL_ROOT_PASSWORD", PASSWORD);
			withCommand("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
					"--innodb-flush-log-at-trx-commit=2", "--sync-binlog=0", "--report-host=" + name,
					"--plugin-load-add=group_replication.so",
					"--loose-group-replication-group-name=5dbabbe6-8050-49a0-9131-1de449167446",
					"--loose-group-replication-local-address=" + name + ":33061",
					"--loose-group-replication-group-seeds=member-1:33061,member-2:33061,member-3:33061",
					"--loose-group-replication-start-on-boot=OFF",
					"--loose-group-replication-recovery-get-public-key=ON",
					"--loose-group-replication-member-expel-timeout=0");
			setPortBindings(List.of("127.0.0.1:" + this.port + ":3306"));
			waitingFor(new AbstractWaitStrategy() {
				@Override
				protected void waitUntilReady() {
					Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> {
						try (Connection connection = connect()) {
							return connection.isValid(1);
						}
					});
				}
			});
		}

		String address() {
			return "jdbc:mysql://127.0.0.1:" + this.port + "/";
		}

		Connection connect() throws SQLException {
			return DriverManager.getConnection(address() + "?sslMode=REQUIRED&connectTimeout=2000&socketTimeout=60000",
					"root", PASSWORD);
		}

		private static int freePort() {
			try (ServerSocket socket = new ServerSocket(0)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
