package com.foobar.routing.physical;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.foobar.routing.dialect.Dialect;
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.protocol.ServerSessionStateController;
import com.mysql.cj.protocol.ServerSessionStateController.ServerSessionStateChanges;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChange;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChangesListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the GTIDs of the transactions that a connection of Connector/J commits. The
 * server reports them in its response to the commit, or to the statement that committed
 * by itself, so that no query is needed.
 */
final class CommitTracker implements SessionStateChangesListener {

	private static final Log logger = LogFactory.getLog(CommitTracker.class);

	private static final AtomicBoolean warned = new AtomicBoolean();

	private static final String LAST_GTID = "last_gtid";

	private static final String DOMAIN = "gtid_domain_id";

	private final Connection connection;

	private final Consumer<String> listener;

	/** Whether the session has changed its domain: the server omits some commits then. */
	private boolean domainChanged;

	private CommitTracker(Connection connection, Consumer<String> listener) {
		this.connection = connection;
		this.listener = listener;
	}

	/**
	 * Start to track.
	 * @return the tracker, to be kept as long as the connection, or {@code null} if the
	 * server does not report GTIDs, of which the log warns once
	 * @throws SQLException if the driver would not pass on what the server reports: a
	 * reader could miss what it has written, without notice
	 */
	static @Nullable CommitTracker start(Connection connection, Consumer<String> listener) throws SQLException {
		requireTracking(connection);
		try (Statement statement = connection.createStatement()) {
			statement.execute(Dialect.of(connection).trackCommits());
		}
		catch (SQLException ex) {
			if (!warned.getAndSet(true)) {
				logger.warn("The server does not tell the identifiers of commits, so that reads on replicas may miss "
						+ "the reader's own writes. Set session_track_gtids=OWN_GTID on a MySQL server, or "
						+ "read-replica-routing.consistency=eventual if that is acceptable.", ex);
			}
			return null;
		}
		CommitTracker tracker = new CommitTracker(connection, listener);
		connection.unwrap(MysqlConnection.class)
			.getServerSessionStateController()
			.addSessionStateChangesListener(tracker);
		return tracker;
	}

	/**
	 * Query the last commit where the server may not have reported it: MariaDB omits a
	 * commit with the same number as the session's commit before, which occurs if one
	 * session writes to several replication domains. Sends nothing otherwise.
	 */
	void recordLastCommit() throws SQLException {
		if (!this.domainChanged) {
			return;
		}
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@last_gtid")) {
			String gtid = row.next() ? row.getString(1) : null;
			if (gtid != null && !gtid.isEmpty()) {
				this.listener.accept(gtid);
			}
		}
	}

	/**
	 * The URL and the properties of the pool were checked at the start. Drivers that wrap
	 * Connector/J, property transformers and property files can change them afterwards.
	 */
	private static void requireTracking(Connection connection) throws SQLException {
		if (!connection.isWrapperFor(MysqlConnection.class)) {
			throw cannotTrack(
					"the connection is a " + connection.getClass().getName()
							+ ", which does not unwrap to Connector/J's",
					"Use a URL that begins with jdbc:mysql:, jdbc:p6spy:mysql: or jdbc:otel:mysql:");
		}
		if (!connection.unwrap(MysqlConnection.class)
			.getPropertySet()
			.getBooleanProperty(PropertyKey.trackSessionState)
			.getValue()) {
			throw cannotTrack("the driver property trackSessionState is false", "Remove it");
		}
	}

	private static SQLException cannotTrack(String reason, String remedy) {
		return new SQLNonTransientConnectionException(
				"The commits of a connection cannot be heard, so that a reader could miss what it has written: "
						+ reason + "; expected a connection of MySQL Connector/J with trackSessionState=true. " + remedy
						+ ", or set read-replica-routing.consistency=eventual if that is acceptable.",
				"08001");
	}

	@Override
	public void handleSessionStateChanges(ServerSessionStateChanges changes) {
		for (SessionStateChange change : changes.getSessionStateChangesList()) {
			if (isVariable(change, DOMAIN)) {
				this.domainChanged = true;
			}
			String gtids = gtids(change);
			if (gtids != null && !gtids.isEmpty()) {
				this.listener.accept(gtids);
			}
		}
	}

	private static @Nullable String gtids(SessionStateChange change) {
		if (change.getType() == ServerSessionStateController.SESSION_TRACK_GTIDS) {
			return change.getValues().get(0);
		}
		return isVariable(change, LAST_GTID) ? change.getValues().get(1) : null;
	}

	private static boolean isVariable(SessionStateChange change, String name) {
		return change.getType() == ServerSessionStateController.SESSION_TRACK_SYSTEM_VARIABLES
				&& change.getValues().get(0).equals(name);
	}

}
