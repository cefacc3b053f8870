package com.foobar.routing.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;

/**
 * A primary and its replicas, of which most tests use the first alone. The primary's
 * server id is 1, those of the replicas follow.
 */
public interface ReplicatedServers extends AutoCloseable {

	String primaryUrl();

	String replicaUrl();

	String username();

	String password();

	String monitorUsername();

	String monitorPassword();

	/** The one right without which replication cannot be asked about. */
	String monitorRight();

	/** Connects with every right. */
	Connection administer(String url) throws SQLException;

	void stopPrimary();

	void startPrimary();

	void stopReplica();

	void startReplica();

	void pauseReplica();

	void resumeReplica();

	void stopReplication();

	void startReplication();

	void delayReplication(Duration delay);

	/**
	 * The first replica gets nothing from the primary any more, while its connection to
	 * it stays open, as when a firewall forgets it.
	 */
	void silenceReplication();

	/** Lets it follow the primary again. */
	void restoreReplication();

	/** All replicas, for tests that disturb more than the first. */
	List<ReplicaServer> replicas();

	/** Waits until every replica has what the primary has now. */
	void awaitCaughtUp();

	/** Waits until a server has what another one has now. */
	default void awaitCaughtUp(String url, String sourceUrl) {
		GtidSet target = executed(sourceUrl);
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> executed(url).contains(target));
	}

	private GtidSet executed(String url) {
		try (Connection connection = administer(url)) {
			return Dialect.of(connection).executed(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not ask what the server has executed", ex);
		}
	}

	/** End the replication of a server and let it take writes. */
	void promote(String url);

	/** Let a server take no more writes. */
	void makeReadOnly(String url);

	/**
	 * Let a server, which is read-only already, follow the other one, whomever it has
	 * followed before.
	 */
	void follow(String url, String sourceUrl);

	@Override
	void close();

	default Connection connect(String url) throws SQLException {
		return DriverManager.getConnection(url, username(), password());
	}

	default void onPrimary(String... statements) {
		execute(primaryUrl(), statements);
	}

	default void execute(String url, String... statements) {
		try (Connection connection = administer(url); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not prepare the server", ex);
		}
	}

	/**
	 * Ends every connection of the application to a server, as a server does that stops.
	 */
	default void breakConnections(String url) {
		connections(url).forEach((id) -> execute(url, "KILL CONNECTION " + id));
	}

	/** The connections of the application to a server, as the server numbers them. */
	default List<Long> connections(String url) {
		return connections(url, username());
	}

	/** The connections of an account to a server, as the server numbers them. */
	default List<Long> connections(String url, String account) {
		String query = "SELECT id FROM information_schema.processlist WHERE user = '" + account + "'";
		List<Long> connections = new ArrayList<>();
		try (Connection connection = administer(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				connections.add(rows.getLong(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not list the connections", ex);
		}
		return connections;
	}

	/**
	 * How often the server has run each kind of statement since it started, as it counted
	 * itself.
	 */
	default Map<String, Long> statementCounts(String url) {
		try (Connection connection = administer(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_select', "
						+ "'Com_insert', 'Com_update', 'Com_delete', 'Com_commit', 'Com_rollback', 'Com_begin', "
						+ "'Com_set_option', 'Com_change_db')")) {
			Map<String, Long> counts = new LinkedHashMap<>();
			while (rows.next()) {
				counts.put(rows.getString(1), rows.getLong(2));
			}
			return counts;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not read the server's counters", ex);
		}
	}

}
