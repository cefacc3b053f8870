package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.local.process.Directories;
import com.foobar.local.process.FreePorts;
import com.foobar.local.process.ProcessListener;
import org.jspecify.annotations.Nullable;

/**
 * A primary and its replicas, set up with the database {@code foobar} and the
 * {@linkplain Account accounts}.
 *
 * <pre>
 * try (ReplicatedMariaDb database = ReplicatedMariaDb.builder().replicas(1).start()) {
 *     dataSource.setUrl(database.primary().jdbcUrl());
 *     dataSource.setUsername(Account.APP.username());
 *     dataSource.setPassword(database.credentials().password(Account.APP));
 *     database.replica(0).stopReplication();
 * }
 * </pre>
 *
 * Thread-safe. Closing stops all servers, the replicas first; the end of the JVM kills
 * them, unless the builder says otherwise.
 */
public final class ReplicatedMariaDb implements AutoCloseable {

	private final MariaDbNode primary;

	private final List<MariaDbReplica> replicas;

	private final Credentials credentials;

	private final @Nullable Path temporary;

	private final @Nullable Thread shutdownHook;

	private ReplicatedMariaDb(MariaDbNode primary, List<MariaDbReplica> replicas, Credentials credentials,
			@Nullable Path temporary, boolean killOnExit) {
		this.primary = primary;
		this.replicas = List.copyOf(replicas);
		this.credentials = credentials;
		this.temporary = temporary;
		this.shutdownHook = killOnExit ? new Thread(this::killAll, "kill-mariadb") : null;
	}

	public static Builder builder() {
		return new Builder();
	}

	public MariaDbNode primary() {
		return this.primary;
	}

	/**
	 * One of the replicas.
	 * @param index from 0: {@code replica(0)} is {@code mariadb-replica-1}
	 */
	public MariaDbReplica replica(int index) {
		return this.replicas.get(index);
	}

	public List<MariaDbReplica> replicas() {
		return this.replicas;
	}

	public Credentials credentials() {
		return this.credentials;
	}

	/**
	 * Waits until every running replica has all that the primary has now.
	 * @throws DatabaseException if one has not within 30 seconds, with its state
	 */
	public void awaitCaughtUp() {
		awaitCaughtUp(Duration.ofSeconds(30));
	}

	/**
	 * Waits until every running replica has all that the primary has now.
	 * @throws DatabaseException if one has not within the given time, with its state
	 */
	public void awaitCaughtUp(Duration patience) {
		String gtid = this.primary.gtid();
		for (MariaDbReplica replica : this.replicas) {
			if (replica.isRunning() && !replica.await(gtid, patience)) {
				throw new DatabaseException("%s has not applied %s within %s: it is at %s, %s".formatted(replica.name(),
						gtid, patience, replica.gtid(), replica.replication()));
			}
		}
	}

	/**
	 * Starts each server that does not run.
	 */
	public void startAll() {
		nodes().forEach(MariaDbNode::start);
	}

	/**
	 * Stops the replicas, then the primary.
	 */
	public void stopAll() {
		this.replicas.forEach(MariaDbNode::stop);
		this.primary.stop();
	}

	/**
	 * Stops all servers; removes the data if the directory was not given.
	 */
	@Override
	public void close() {
		try {
			stopAll();
		}
		finally {
			killAll();
			removeHook();
		}
		try {
			if (this.temporary != null) {
				Directories.delete(this.temporary);
			}
		}
		catch (IOException ex) {
			throw new DatabaseException("%s cannot be removed: %s".formatted(this.temporary, ex), ex);
		}
	}

	private void start() {
		if (this.shutdownHook != null) {
			Runtime.getRuntime().addShutdownHook(this.shutdownHook);
		}
		this.primary.start();
		createAccounts();
		for (MariaDbReplica replica : this.replicas) {
			replica.start();
			replica.follow(this.primary);
		}
		awaitCaughtUp();
	}

	/**
	 * Creates database and accounts on the primary, once; replicas get them by
	 * replication. Repeating it after an interruption is harmless.
	 */
	private void createAccounts() {
		Path marker = this.primary.settings().directory().resolve("accounts-created");
		if (Files.exists(marker)) {
			return;
		}
		try (Connection connection = this.primary.administration();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE IF NOT EXISTS foobar");
			for (Account account : Account.values()) {
				if (account != Account.ROOT) {
					statement.execute("CREATE OR REPLACE USER '%s'@'%%' IDENTIFIED BY '%s'"
						.formatted(account.username(), this.credentials.password(account)));
					for (String grant : account.grants()) {
						statement.execute("GRANT %s TO '%s'@'%%'".formatted(grant, account.username()));
					}
				}
			}
			Files.createFile(marker);
		}
		catch (SQLException ex) {
			throw this.primary.failed(ex);
		}
		catch (IOException ex) {
			throw new DatabaseException("%s cannot be written".formatted(marker), ex);
		}
	}

	private Stream<MariaDbNode> nodes() {
		return Stream.concat(Stream.of(this.primary), this.replicas.stream());
	}

	private void killAll() {
		nodes().forEach((node) -> node.process().ifPresent(ProcessHandle::destroyForcibly));
	}

	private void removeHook() {
		if (this.shutdownHook != null) {
			try {
				Runtime.getRuntime().removeShutdownHook(this.shutdownHook);
			}
			catch (IllegalStateException ex) {
				// The JVM is ending: the hook runs, and finds nothing to do.
			}
		}
	}

	/**
	 * Settings of a database to start. Not thread-safe.
	 */
	public static final class Builder {

		private int replicas = 1;

		private @Nullable Path directory;

		private @Nullable Path logDirectory;

		private List<Integer> ports = List.of();

		private boolean durable;

		private boolean killOnExit = true;

		private @Nullable Credentials credentials;

		private @Nullable Distribution distribution;

		private List<ServerTls> tls = List.of();

		private ProcessListener listener = (part, process) -> {
		};

		private Builder() {
		}

		/**
		 * The number of replicas. Default 1.
		 */
		public Builder replicas(int count) {
			if (count < 0 || count > 9) {
				throw new IllegalArgumentException("replicas is " + count + "; expected 0 to 9");
			}
			this.replicas = count;
			return this;
		}

		/**
		 * Where data is kept; what is there is used. Default: a temporary directory that
		 * is removed at the end.
		 */
		public Builder directory(Path directory) {
			this.directory = directory;
			return this;
		}

		/**
		 * Where the servers' logs are kept, one file per node. Default: beside the data.
		 */
		public Builder logDirectory(Path directory) {
			this.logDirectory = directory;
			return this;
		}

		/**
		 * The ports, first the primary's. Default: free ones.
		 */
		public Builder ports(List<Integer> ports) {
			this.ports = List.copyOf(ports);
			return this;
		}

		/**
		 * Whether a commit survives a failure of the whole machine, which costs a write
		 * to the disk each. Default: no, a commit survives {@link MariaDbNode#kill()}
		 * only.
		 */
		public Builder durable(boolean durable) {
			this.durable = durable;
			return this;
		}

		/**
		 * Whether the servers are killed when the JVM ends without
		 * {@link ReplicatedMariaDb#close()}. Default: yes.
		 */
		public Builder killOnExit(boolean kill) {
			this.killOnExit = kill;
			return this;
		}

		/**
		 * The passwords; the same ones are needed for data that is there already.
		 * Default: random.
		 */
		public Builder credentials(Credentials credentials) {
			this.credentials = credentials;
			return this;
		}

		/**
		 * The server's binaries. Default: the published ones for this platform.
		 */
		public Builder distribution(Distribution distribution) {
			this.distribution = distribution;
			return this;
		}

		/**
		 * The certificates, first the primary's; with them only encrypted connections are
		 * accepted. Default: unencrypted connections.
		 */
		public Builder tls(List<ServerTls> nodes) {
			this.tls = List.copyOf(nodes);
			return this;
		}

		/**
		 * Who hears of each process that is started. Default: nobody.
		 */
		public Builder listener(ProcessListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Starts all servers and returns when the replicas have caught up.
		 * @throws DatabaseException if one does not start; the others are stopped then
		 */
		public ReplicatedMariaDb start() {
			requireOneForEachNode("tls", this.tls);
			requireOneForEachNode("ports", this.ports);
			Credentials credentials = (this.credentials != null) ? this.credentials : Credentials.random();
			Path temporary = (this.directory == null) ? temporaryDirectory() : null;
			Path home = (this.directory != null) ? this.directory : temporary;
			Distribution server = (this.distribution != null) ? this.distribution : Distribution.unpacked();
			List<NodeSettings> nodes = new ArrayList<>();
			for (int index = 0; index <= this.replicas; index++) {
				nodes.add(node(index, java.util.Objects.requireNonNull(home), server, credentials));
			}
			ReplicatedMariaDb database = new ReplicatedMariaDb(new MariaDbNode(nodes.get(0)),
					nodes.stream().skip(1).map(MariaDbReplica::new).toList(), credentials, temporary, this.killOnExit);
			try {
				database.start();
				return database;
			}
			catch (RuntimeException ex) {
				// An interrupt ended the start; it must not end the stop as well.
				boolean interrupted = Thread.interrupted();
				database.close();
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
				throw ex;
			}
		}

		private void requireOneForEachNode(String name, List<?> entries) {
			if (!entries.isEmpty() && entries.size() != this.replicas + 1) {
				throw new IllegalArgumentException("%s has %d entries; expected one for each of the %d nodes"
					.formatted(name, entries.size(), this.replicas + 1));
			}
		}

		private NodeSettings node(int index, Path home, Distribution server, Credentials credentials) {
			String name = (index == 0) ? "mariadb-primary" : "mariadb-replica-" + index;
			Path node = home.resolve(name).toAbsolutePath();
			Path log = (this.logDirectory != null) ? this.logDirectory.toAbsolutePath().resolve(name + ".log")
					: node.resolve("server.log");
			int port = this.ports.isEmpty() ? FreePorts.next() : this.ports.get(index);
			ServerTls certificate = this.tls.isEmpty() ? null : this.tls.get(index);
			return new NodeSettings(name, server, node, log, port, index + 1, index > 0, this.durable, certificate,
					credentials, this.listener);
		}

		private static Path temporaryDirectory() {
			try {
				return Files.createTempDirectory("foobar-mariadb");
			}
			catch (IOException ex) {
				throw new DatabaseException("No temporary directory can be created: " + ex, ex);
			}
		}

	}

}
