package com.foobar.local.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;

import com.foobar.local.process.Directories;
import com.foobar.local.process.FreePorts;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a database to start. Not thread-safe.
 */
public final class ReplicatedMariaDbBuilder {

	private int replicas = 1;

	private @Nullable Path directory;

	private @Nullable Path logDirectory;

	private List<Integer> ports = List.of();

	private boolean durable;

	private boolean killOnExit = true;

	private @Nullable Credentials credentials;

	private @Nullable Distribution distribution;

	private List<ServerTls> tls = List.of();

	private BiConsumer<String, ProcessHandle> listener = (name, process) -> {
	};

	ReplicatedMariaDbBuilder() {
	}

	/**
	 * The number of replicas. Default 1.
	 */
	public ReplicatedMariaDbBuilder replicas(int count) {
		if (count < 0 || count > 9) {
			throw new IllegalArgumentException("replicas is " + count + "; expected 0 to 9");
		}
		this.replicas = count;
		return this;
	}

	/**
	 * Where data is kept; what is there is used. Default: a temporary directory that is
	 * removed at the end.
	 */
	public ReplicatedMariaDbBuilder directory(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * Where the servers' logs are kept, one file per node. Default: beside the data.
	 */
	public ReplicatedMariaDbBuilder logDirectory(Path directory) {
		this.logDirectory = directory;
		return this;
	}

	/**
	 * The ports, first the primary's. Default: free ones.
	 */
	public ReplicatedMariaDbBuilder ports(List<Integer> ports) {
		this.ports = List.copyOf(ports);
		return this;
	}

	/**
	 * Whether a commit survives a failure of the whole machine, which costs a write to
	 * the disk each. Default: no, a commit survives {@link MariaDbNode#kill()} only.
	 */
	public ReplicatedMariaDbBuilder durable(boolean durable) {
		this.durable = durable;
		return this;
	}

	/**
	 * Whether the servers are killed when the JVM ends without
	 * {@link ReplicatedMariaDb#close()}. Default: yes.
	 */
	public ReplicatedMariaDbBuilder killOnExit(boolean kill) {
		this.killOnExit = kill;
		return this;
	}

	/**
	 * The passwords; the same ones are needed for data that is there already. Default:
	 * random.
	 */
	public ReplicatedMariaDbBuilder credentials(Credentials credentials) {
		this.credentials = credentials;
		return this;
	}

	/**
	 * The server's binaries. Default: the published ones for this platform.
	 */
	public ReplicatedMariaDbBuilder distribution(Distribution distribution) {
		this.distribution = distribution;
		return this;
	}

	/**
	 * The certificates, first the primary's; with them only encrypted connections are
	 * accepted. Default: unencrypted connections.
	 */
	public ReplicatedMariaDbBuilder tls(List<ServerTls> nodes) {
		this.tls = List.copyOf(nodes);
		return this;
	}

	/**
	 * Receives the name and the handle of each child process. Default: none.
	 */
	public ReplicatedMariaDbBuilder listener(BiConsumer<String, ProcessHandle> listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Starts all servers and returns when the replicas have caught up.
	 * @throws StackException if one does not start; the others are stopped then
	 */
	public ReplicatedMariaDb start() {
		ReplicatedMariaDb database = build();
		try {
			database.startServers();
			database.startReplication();
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

	/**
	 * Builds the database without starting it.
	 */
	public ReplicatedMariaDb build() {
		requireOneForEachNode("tls", this.tls);
		requireOneForEachNode("ports", this.ports);
		Credentials credentials = (this.credentials != null) ? this.credentials : Credentials.random();
		Path temporary = (this.directory == null) ? Directories.createTemporary("foobar-mariadb") : null;
		Path home = (this.directory != null) ? this.directory : temporary;
		Distribution server = (this.distribution != null) ? this.distribution : Distribution.unpacked();
		List<NodeSettings> nodes = new ArrayList<>();
		for (int index = 0; index <= this.replicas; index++) {
			nodes.add(node(index, Objects.requireNonNull(home), server, credentials));
		}
		return new ReplicatedMariaDb(new MariaDbNode(nodes.get(0)),
				nodes.stream().skip(1).map(MariaDbReplica::new).toList(), credentials, temporary, this.killOnExit);
	}

	private void requireOneForEachNode(String name, List<?> entries) {
		if (!entries.isEmpty() && entries.size() != this.replicas + 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "%s has %d entries; expected one for each of the %d nodes", name,
							entries.size(), this.replicas + 1));
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

}
