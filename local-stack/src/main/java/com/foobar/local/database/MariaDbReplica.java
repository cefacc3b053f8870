package com.foobar.local.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A read-only server that repeats the primary's transactions.
 */
public final class MariaDbReplica extends MariaDbNode {

	MariaDbReplica(NodeSettings settings) {
		super(settings);
	}

	/**
	 * Stops fetching and applying; the replica still answers queries, with what it has.
	 */
	public void stopReplication() {
		execute("STOP SLAVE");
	}

	/**
	 * Goes on after {@link #stopReplication()}.
	 */
	public void startReplication() {
		execute("START SLAVE");
	}

	/**
	 * Applies each transaction only when it is this old, in whole seconds; zero ends the
	 * delay.
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
		try (Connection connection = administration();
				Statement statement = connection.createStatement();
				ResultSet status = statement.executeQuery("SHOW SLAVE STATUS")) {
			if (!status.next()) {
				return new ReplicationStatus("No", "No", null, "");
			}
			@Nullable String behind = status.getString("Seconds_Behind_Master");
			String error = status.getString("Last_IO_Error") + status.getString("Last_SQL_Error");
			return new ReplicationStatus(status.getString("Slave_IO_Running"), status.getString("Slave_SQL_Running"),
					(behind != null) ? Duration.ofSeconds(Long.parseLong(behind)) : null, error);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Follows a primary from where this replica stands, from the beginning if it is new.
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
	 * @param gtid as {@link #gtid()} of the primary answers it
	 * @return whether it was applied within the time
	 */
	boolean await(String gtid, Duration patience) {
		// socketTimeout of the connection bounds each wait to less than 20 s.
		long deadline = System.nanoTime() + patience.toNanos();
		do {
			double seconds = Math.min(10, Math.max(0.001, (deadline - System.nanoTime()) / 1e9));
			Optional<String> answer = query(
					String.format(Locale.ROOT, "SELECT MASTER_GTID_WAIT('%s', %.3f)", gtid, seconds));
			if (answer.filter("0"::equals).isPresent()) {
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
