package com.foobar.local.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A read-only server that applies the primary's transactions.
 */
public final class MariaDbReplica extends MariaDbNode {

	MariaDbReplica(NodeSettings settings) {
		super(settings);
	}

	/**
	 * Stops receiving and applying; queries on the replica return its current data.
	 */
	public void stopReplication() {
		execute("STOP SLAVE");
	}

	/**
	 * Undoes {@link #stopReplication()}.
	 */
	public void startReplication() {
		execute("START SLAVE");
	}

	/**
	 * Delays each transaction by a duration in whole seconds; zero removes the delay.
	 */
	public void delay(Duration delay) {
		long seconds = delay.toSeconds();
		if (delay.isNegative() || !delay.equals(Duration.ofSeconds(seconds))) {
			throw new IllegalArgumentException("The delay is " + delay
					+ "; expected whole seconds, not negative (MASTER_DELAY counts in seconds)");
		}
		execute("STOP SLAVE");
		execute("CHANGE MASTER TO MASTER_DELAY=" + seconds);
		execute("START SLAVE");
	}

	/**
	 * The state of replication as the server reports it.
	 */
	public ReplicationStatus replication() {
		try (Connection connection = administration(); Statement statement = connection.createStatement()) {
			return ReplicationStatus.read(statement).orElse(new ReplicationStatus("No", "No", null, ""));
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Replicates a primary from this replica's GTID position on, from the first
	 * transaction if it is new.
	 */
	void follow(MariaDbNode primary) {
		execute("STOP SLAVE");
		executeSecretly("point it at " + primary.name(), String.format(Locale.ROOT,
				"CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%d, MASTER_USER='%s', MASTER_PASSWORD='%s', %s, ",
				host(), primary.port(), Account.REPLICATION.username(),
				settings().credentials().password(Account.REPLICATION), transport())
				+ "MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1, MASTER_HEARTBEAT_PERIOD=2");
		execute("START SLAVE");
	}

	/**
	 * Waits until a transaction of the primary is applied.
	 * @param gtid {@link #gtid()} of the primary
	 * @return whether it was applied within the time
	 */
	boolean await(String gtid, Duration timeout) {
		// socketTimeout of the connection bounds each wait to less than 20 s.
		long deadline = System.nanoTime() + timeout.toNanos();
		do {
			double seconds = Math.min(10, Math.max(0.001, (deadline - System.nanoTime()) / 1e9));
			Optional<String> result = query(
					String.format(Locale.ROOT, "SELECT MASTER_GTID_WAIT('%s', %.3f)", gtid, seconds));
			if (result.filter("0"::equals).isPresent()) {
				return true;
			}
		}
		while (System.nanoTime() < deadline);
		return false;
	}

	/**
	 * The replica's TLS library does not compare an address with those of a certificate:
	 * with verified certificates a name is needed.
	 */
	private String host() {
		return (settings().tls() != null) ? "localhost" : "127.0.0.1";
	}

	private String transport() {
		ServerTls tls = settings().tls();
		return (tls == null) ? "MASTER_SSL=0, MASTER_SSL_VERIFY_SERVER_CERT=0"
				: String.format(Locale.ROOT, "MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=1, MASTER_SSL_CA='%s'",
						tls.authority().toAbsolutePath().toString().replace('\\', '/').replace("'", "''"));
	}

}
