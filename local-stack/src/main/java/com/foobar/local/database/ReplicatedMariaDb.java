package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.local.process.Directories;
import com.foobar.local.process.KillOnExit;
import com.foobar.local.process.Parallel;
import com.foobar.local.process.StackException;
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

	private final @Nullable KillOnExit killOnExit;

	ReplicatedMariaDb(MariaDbNode primary, List<MariaDbReplica> replicas, Credentials credentials,
			@Nullable Path temporary, boolean killOnExit) {
		this.primary = primary;
		this.replicas = List.copyOf(replicas);
		this.credentials = credentials;
		this.temporary = temporary;
		this.killOnExit = killOnExit ? new KillOnExit(nodes()) : null;
	}

	public static ReplicatedMariaDbBuilder builder() {
		return new ReplicatedMariaDbBuilder();
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
	 * @throws StackException if one has not within 30 seconds, with its state
	 */
	public void awaitCaughtUp() {
		awaitCaughtUp(Duration.ofSeconds(30));
	}

	/**
	 * Waits until every running replica has all that the primary has now.
	 * @throws StackException if one has not within the given time, with its state
	 */
	public void awaitCaughtUp(Duration timeout) {
		String gtid = this.primary.gtid();
		for (MariaDbReplica replica : this.replicas) {
			if (replica.isRunning() && !replica.await(gtid, timeout)) {
				throw StackException.of("%s has not applied %s within %s: it is at %s, %s", replica.name(), gtid,
						timeout, replica.gtid(), replica.replication());
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
			nodes().forEach((node) -> node.handle().ifPresent(ProcessHandle::destroyForcibly));
			if (this.killOnExit != null) {
				this.killOnExit.close();
			}
		}
		if (this.temporary != null) {
			Directories.removeTemporary(this.temporary);
		}
	}

	/**
	 * Starts all servers at the same time, and creates the database and the accounts if
	 * the primary is new. The replicas do not replicate yet.
	 * @throws StackException if a server does not start
	 */
	public void startServers() {
		Parallel.run(nodes().stream().map((node) -> (Runnable) node::start).toList());
		createAccounts();
	}

	/**
	 * Makes the replicas follow the primary and waits until they have caught up.
	 * @throws StackException if one has not within 30 seconds, with its state
	 */
	public void startReplication() {
		this.replicas.forEach((replica) -> replica.follow(this.primary));
		awaitCaughtUp();
	}

	/**
	 * Creates database and accounts on the primary, once; replicas get them by
	 * replication. It may be repeated after an interruption.
	 */
	private void createAccounts() {
		Path marker = this.primary.settings().directory().resolve("accounts-created");
		if (Files.exists(marker)) {
			return;
		}
		try {
			this.primary.execute("CREATE DATABASE IF NOT EXISTS foobar");
			for (Account account : Account.values()) {
				if (account != Account.ROOT) {
					createAccount(account);
				}
			}
			Files.createFile(marker);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written", marker);
		}
	}

	private void createAccount(Account account) {
		String name = "'" + account.username() + "'@'%'";
		this.primary.executeSecretly("create the account " + account.username(),
				"CREATE OR REPLACE USER " + name + " IDENTIFIED BY '" + this.credentials.password(account) + "'");
		for (String grant : account.grants()) {
			this.primary.execute("GRANT " + grant + " TO " + name);
		}
	}

	private List<MariaDbNode> nodes() {
		return Stream.concat(Stream.of(this.primary), this.replicas.stream()).toList();
	}

}
