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
 * A primary and its replicas; most tests use the first replica only. The primary's server
 * id is 1, those of the replicas follow.
 */
public interface ReplicatedServers extends AutoCloseable {

	String primaryUrl();

	String replicaUrl();

	String username();

	String password();

	String monitorUsername();

	String monitorPassword();

	/** The privilege that reading the replication status needs. */
	String monitorRight();

	/** Connects with all privileges. */
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
	 * The first replica receives nothing more from the primary while its connection stays
	 * open, as when a firewall drops its state.
	 */
	void silenceReplication();

	/** Undoes {@link #silenceReplication}. */
	void restoreReplication();

	/** All replicas, for tests that disturb more than the first. */
	List<ReplicaServer> replicas();

	/** Waits until every replica has the primary's current GTIDs. */
	void awaitCaughtUp();

	/** Waits until a server has the current GTIDs of another one. */
	default void awaitCaughtUp(String url, String sourceUrl) {
		GtidSet target = executed(sourceUrl);
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> executed(url).contains(target));
	}

	private GtidSet executed(String url) {
		try (Connection connection = administer(url)) {
			return Dialect.of(connection).executed(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Reading the executed GTIDs failed", ex);
		}
	}

	/** Ends the replication of a server and makes it writable. */
	void promote(String url);

	/** Makes a server read-only. */
	void makeReadOnly(String url);

	/**
	 * Makes a read-only server a replica of another one, whatever its source was before.
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
	 * Kills every connection of the application to a server, as a stopping server does.
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
	 * The server's own counters of statements since its start, by kind.
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
