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
import java.util.stream.Stream;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * MySQL in containers, with GTID auto-position replication. The ports on the host are
 * fixed, so that a server keeps its URL when it is stopped and started again.
 */
public final class MySqlServers implements ReplicatedServers {

	private static final DockerImageName IMAGE = DockerImageName.parse("mysql:9.7");

	private static final DockerImageName JAVA = DockerImageName.parse("eclipse-temurin:25-jre");

	private static final String LINK = LinkProxy.class.getName().replace('.', '/') + ".class";

	private static final String PASSWORD = "secret";

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private final Network network = Network.newNetwork();

	private final Server primary = new Server("primary", 1, this.network);

	private final List<Server> replicas = new ArrayList<>();

	/** The first of them. */
	private final Server replica;

	/** Between it and the primary, for tests that need it. */
	private final GenericContainer<?> link = new GenericContainer<>(JAVA).withNetwork(this.network)
		.withNetworkAliases("link")
		.withCopyFileToContainer(MountableFile.forClasspathResource(LINK), "/classes/" + LINK)
		.withCommand("java", "-cp", "/classes", LinkProxy.class.getName(), "3306", "primary", "3306");

	public MySqlServers() {
		this(1);
	}

	public MySqlServers(int replicas) {
		for (int i = 1; i <= replicas; i++) {
			this.replicas.add(new Server("replica-" + i, 1 + i, this.network));
		}
		this.replica = this.replicas.get(0);
		try {
			Startables.deepStart(servers()).join();
			onPrimary("CREATE DATABASE foobar", "CREATE USER app@'%' IDENTIFIED BY '" + PASSWORD + "'",
					"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO app@'%'",
					"CREATE USER monitor@'%' IDENTIFIED BY '" + PASSWORD + "'",
					"GRANT REPLICATION CLIENT ON *.* TO monitor@'%'",
					"GRANT SELECT ON performance_schema.* TO monitor@'%'",
					"CREATE USER replication@'%' IDENTIFIED BY '" + PASSWORD + "'",
					"GRANT REPLICATION SLAVE ON *.* TO replication@'%'");
			for (Server follower : this.replicas) {
				execute(follower.administrationUrl(), "RESET BINARY LOGS AND GTIDS",
						"CHANGE REPLICATION SOURCE TO SOURCE_HOST='primary', SOURCE_USER='replication', SOURCE_PASSWORD='"
								+ PASSWORD
								+ "', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=10000",
						"START REPLICA", "SET PERSIST super_read_only=ON");
			}
			awaitCaughtUp();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private List<Server> servers() {
		return Stream.concat(Stream.of(this.primary), this.replicas.stream()).toList();
	}

	@Override
	public String primaryUrl() {
		return this.primary.url();
	}

	@Override
	public String replicaUrl() {
		return this.replica.url();
	}

	@Override
	public String username() {
		return "app";
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
	public String monitorRight() {
		return "REPLICATION CLIENT";
	}

	@Override
	public Connection administer(String url) throws SQLException {
		Server server = servers().stream()
			.filter((candidate) -> url.startsWith(candidate.address()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No server has the URL " + url));
		return DriverManager.getConnection(server.administrationUrl(), "root", PASSWORD);
	}

	@Override
	public void stopPrimary() {
		this.primary.kill();
	}

	@Override
	public void startPrimary() {
		this.primary.startServer();
	}

	@Override
	public void stopReplica() {
		this.replica.stopServer();
	}

	@Override
	public void startReplica() {
		this.replica.startServer();
	}

	@Override
	public void pauseReplica() {
		replicas().get(0).pause();
	}

	@Override
	public void resumeReplica() {
		replicas().get(0).resume();
	}

	@Override
	public void stopReplication() {
		replicas().get(0).stopReplication();
	}

	@Override
	public void startReplication() {
		replicas().get(0).startReplication();
	}

	@Override
	public void delayReplication(Duration delay) {
		replicas().get(0).delay(delay);
	}

	@Override
	public void silenceReplication() {
		this.link.start();
		execute(replicaUrl(), "STOP REPLICA", "CHANGE REPLICATION SOURCE TO SOURCE_HOST='link'", "START REPLICA");
		Awaitility.await().atMost(TIMEOUT).until(() -> hasDumpThread("link"));
		awaitCaughtUp();
		pause(this.link);
	}

	// The kernel's freezer times out on a process inside a long system call, which the
	// engine reports as an error.
	private static void pause(GenericContainer<?> container) {
		Awaitility.await().atMost(TIMEOUT).ignoreExceptionsInstanceOf(InternalServerErrorException.class).until(() -> {
			container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
			return true;
		});
	}

	/** Whether the replica is connected to the primary through a host. */
	private boolean hasDumpThread(String host) throws SQLException {
		try (Connection connection = administer(replicaUrl());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW REPLICA STATUS")) {
			return row.next() && row.getString("Source_Host").equals(host)
					&& row.getString("Replica_IO_Running").equals("Yes");
		}
	}

	@Override
	public void restoreReplication() {
		this.link.getDockerClient().unpauseContainerCmd(this.link.getContainerId()).exec();
		execute(replicaUrl(), "STOP REPLICA", "CHANGE REPLICATION SOURCE TO SOURCE_HOST='primary'", "START REPLICA");
		this.link.stop();
	}

	@Override
	public List<ReplicaServer> replicas() {
		return this.replicas.stream().<ReplicaServer>map(Replica::new).toList();
	}

	@Override
	public void awaitCaughtUp() {
		this.replicas.forEach(this::awaitCaughtUp);
	}

	private void awaitCaughtUp(Server follower) {
		Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> {
			try (Connection onPrimary = administer(primaryUrl());
					Connection onReplica = administer(follower.url());
					Statement query = onPrimary.createStatement();
					Statement wait = onReplica.createStatement()) {
				ResultSet executed = query.executeQuery("SELECT @@global.gtid_executed");
				executed.next();
				ResultSet reached = wait
					.executeQuery("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed.getString(1) + "', 5)");
				reached.next();
				return reached.getInt(1) == 0;
			}
		});
	}

	@Override
	public void promote(String url) {
		execute(url, "STOP REPLICA", "RESET REPLICA ALL", "SET PERSIST super_read_only=OFF",
				"SET PERSIST read_only=OFF");
	}

	@Override
	public void makeReadOnly(String url) {
		execute(url, "SET PERSIST super_read_only=ON");
	}

	@Override
	public void follow(String url, String sourceUrl) {
		String host = sourceUrl.startsWith(this.primary.address()) ? "primary" : "replica-1";
		execute(url, "STOP REPLICA", "CHANGE REPLICATION SOURCE TO SOURCE_HOST='" + host
				+ "', SOURCE_USER='replication', SOURCE_PASSWORD='" + PASSWORD
				+ "', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=10000",
				"START REPLICA");
	}

	@Override
	public void close() {
		this.replicas.forEach(Server::stop);
		this.primary.stop();
		this.link.stop();
		this.network.close();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Server extends GenericContainer<Server> {

		private final String name;

		private final int port = freePort();

		Server(String name, int id, Network network) {
			super(IMAGE);
			this.name = name;
			withNetwork(network);
			withNetworkAliases(name);
			withEnv("MYSQL_ROOT_PASSWORD", PASSWORD);
			withCommand("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
					"--innodb-flush-log-at-trx-commit=2", "--sync-binlog=0");
			setPortBindings(List.of("127.0.0.1:" + this.port + ":3306"));
			waitingFor(new AbstractWaitStrategy() {
				@Override
				protected void waitUntilReady() {
					awaitConnections();
				}
			});
		}

		String address() {
			return "jdbc:mysql://127.0.0.1:" + this.port + "/";
		}

		String url() {
			return address() + "foobar?sslMode=REQUIRED";
		}

		String administrationUrl() {
			return address() + "?sslMode=REQUIRED&connectTimeout=2000&socketTimeout=30000";
		}

		/**
		 * Stops the server cleanly. It would first wait ten seconds for its binlog dump
		 * threads, some of which belong to servers that follow another source by now.
		 */
		void stopServer() {
			endDumpThreads();
			getDockerClient().stopContainerCmd(getContainerId()).withTimeout(20).exec();
		}

		private void endDumpThreads() {
			String threads = "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'";
			try (Connection connection = DriverManager.getConnection(administrationUrl(), "root", PASSWORD);
					Statement list = connection.createStatement();
					Statement kill = connection.createStatement();
					ResultSet rows = list.executeQuery(threads)) {
				while (rows.next()) {
					kill.execute("KILL " + rows.getLong(1));
				}
			}
			catch (SQLException ex) {
				// One of them had just ended by itself; the shutdown takes longer then.
			}
		}

		/** Kills the server, because a clean shutdown would wait for its replicas. */
		void kill() {
			getDockerClient().stopContainerCmd(getContainerId()).withTimeout(0).exec();
		}

		void startServer() {
			getDockerClient().startContainerCmd(getContainerId()).exec();
			awaitConnections();
		}

		private void awaitConnections() {
			Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> {
				try (Connection connection = DriverManager.getConnection(administrationUrl(), "root", PASSWORD)) {
					return connection.isValid(1);
				}
			});
		}

	}

	private final class Replica implements ReplicaServer {

		private final Server server;

		Replica(Server server) {
			this.server = server;
		}

		@Override
		public String url() {
			return this.server.url();
		}

		@Override
		public void stop() {
			this.server.stopServer();
		}

		@Override
		public void start() {
			this.server.startServer();
		}

		@Override
		public void pause() {
			MySqlServers.pause(this.server);
		}

		@Override
		public void resume() {
			this.server.getDockerClient().unpauseContainerCmd(this.server.getContainerId()).exec();
		}

		@Override
		public void stopApplier() {
			execute(url(), "STOP REPLICA SQL_THREAD");
		}

		@Override
		public void startApplier() {
			execute(url(), "START REPLICA SQL_THREAD");
		}

		@Override
		public void stopReplication() {
			execute(url(), "STOP REPLICA");
		}

		@Override
		public void startReplication() {
			execute(url(), "START REPLICA");
		}

		@Override
		public void delay(Duration delay) {
			execute(url(), "STOP REPLICA SQL_THREAD", "CHANGE REPLICATION SOURCE TO SOURCE_DELAY=" + delay.toSeconds(),
					"START REPLICA SQL_THREAD");
		}

		@Override
		public String toString() {
			return this.server.name;
		}

	}

}
