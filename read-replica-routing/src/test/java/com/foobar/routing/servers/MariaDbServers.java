package com.foobar.routing.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.foobar.local.database.Account;
import com.foobar.local.database.MariaDbReplica;
import com.foobar.local.database.ReplicatedMariaDb;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB, started from its binaries.
 */
public final class MariaDbServers implements ReplicatedServers {

	private final ReplicatedMariaDb database;

	private @Nullable LinkProxy link;

	public MariaDbServers() {
		this(1);
	}

	public MariaDbServers(int replicas) {
		this.database = ReplicatedMariaDb.builder().replicas(replicas).start();
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
	public String monitorRight() {
		return "SLAVE MONITOR";
	}

	@Override
	public Connection administer(String url) throws SQLException {
		for (MariaDbReplica replica : this.database.replicas()) {
			if (url.equals(replica.jdbcUrl())) {
				return replica.connect(Account.ROOT);
			}
		}
		return this.database.primary().connect(Account.ROOT);
	}

	@Override
	public void stopPrimary() {
		this.database.primary().stop();
	}

	@Override
	public void startPrimary() {
		this.database.primary().start();
	}

	@Override
	public void stopReplica() {
		this.database.replica(0).stop();
	}

	@Override
	public void startReplica() {
		this.database.replica(0).start();
	}

	@Override
	public void pauseReplica() {
		this.database.replica(0).pause();
	}

	@Override
	public void resumeReplica() {
		this.database.replica(0).resume();
	}

	@Override
	public void stopReplication() {
		this.database.replica(0).stopReplication();
	}

	@Override
	public void startReplication() {
		this.database.replica(0).startReplication();
	}

	@Override
	public void delayReplication(Duration delay) {
		this.database.replica(0).delay(delay);
	}

	@Override
	public void silenceReplication() {
		try {
			LinkProxy proxy = new LinkProxy(this.database.primary().port());
			this.link = proxy;
			// The server's default; the local stack sets less.
			execute(replicaUrl(), "STOP SLAVE", "SET GLOBAL slave_net_timeout=60",
					"CHANGE MASTER TO MASTER_PORT=" + proxy.port(), "START SLAVE");
			Awaitility.await().until(this::receives);
			proxy.silence();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean receives() throws SQLException {
		try (Connection connection = administer(replicaUrl());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
			return row.next() && row.getString("Slave_IO_Running").equals("Yes");
		}
	}

	@Override
	public void restoreReplication() {
		try {
			LinkProxy proxy = this.link;
			if (proxy != null) {
				proxy.close();
			}
			execute(replicaUrl(), "STOP SLAVE", "SET GLOBAL slave_net_timeout=10",
					"CHANGE MASTER TO MASTER_PORT=" + this.database.primary().port(), "START SLAVE");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public List<ReplicaServer> replicas() {
		return this.database.replicas().stream().<ReplicaServer>map(Replica::new).toList();
	}

	@Override
	public void awaitCaughtUp() {
		this.database.awaitCaughtUp();
	}

	@Override
	public void promote(String url) {
		execute(url, "STOP ALL SLAVES", "RESET SLAVE ALL", "SET GLOBAL read_only=OFF");
	}

	@Override
	public void makeReadOnly(String url) {
		execute(url, "SET GLOBAL read_only=ON");
	}

	@Override
	public void follow(String url, String sourceUrl) {
		int port = sourceUrl.equals(primaryUrl()) ? this.database.primary().port() : this.database.replica(0).port();
		execute(url, "STOP ALL SLAVES",
				"CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" + port + ", MASTER_USER='"
						+ Account.REPLICATION.username() + "', MASTER_PASSWORD='"
						+ this.database.credentials().password(Account.REPLICATION)
						+ "', MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_USE_GTID=current_pos, MASTER_CONNECT_RETRY=1",
				"START SLAVE");
	}

	@Override
	public void close() {
		this.database.close();
	}

	private final class Replica implements ReplicaServer {

		private final MariaDbReplica server;

		Replica(MariaDbReplica server) {
			this.server = server;
		}

		@Override
		public String url() {
			return this.server.jdbcUrl();
		}

		@Override
		public void stop() {
			this.server.stop();
		}

		@Override
		public void start() {
			this.server.start();
		}

		@Override
		public void pause() {
			this.server.pause();
		}

		@Override
		public void resume() {
			this.server.resume();
		}

		@Override
		public void stopApplier() {
			execute(url(), "STOP SLAVE SQL_THREAD");
		}

		@Override
		public void startApplier() {
			execute(url(), "START SLAVE SQL_THREAD");
		}

		@Override
		public void stopReplication() {
			this.server.stopReplication();
		}

		@Override
		public void startReplication() {
			this.server.startReplication();
		}

		@Override
		public void delay(Duration delay) {
			this.server.delay(delay);
		}

		@Override
		public String toString() {
			return this.server.name();
		}

	}

}
