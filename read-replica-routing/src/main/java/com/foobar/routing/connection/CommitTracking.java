package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.foobar.routing.dialect.Dialect;
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.protocol.ServerSessionStateController;
import com.mysql.cj.protocol.ServerSessionStateController.ServerSessionStateChanges;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChange;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChangesListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hears the identifiers of the transactions that a connection of Connector/J commits.
 * They come with the server's answer to the commit, or to the statement that committed by
 * itself, so that nothing has to be asked.
 */
final class CommitTracking implements SessionStateChangesListener {

	private static final Log logger = LogFactory.getLog(CommitTracking.class);

	private static final AtomicBoolean warned = new AtomicBoolean();

	private static final String LAST_GTID = "last_gtid";

	private final Consumer<String> listener;

	private CommitTracking(Consumer<String> listener) {
		this.listener = listener;
	}

	/**
	 * Start to listen.
	 * @return the listener, to be kept as long as the connection, or {@code null} if
	 * there is nothing to hear
	 */
	static @Nullable CommitTracking start(Connection connection, Consumer<String> listener) throws SQLException {
		if (!connection.isWrapperFor(MysqlConnection.class)) {
			return null;
		}
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
		CommitTracking tracking = new CommitTracking(listener);
		connection.unwrap(MysqlConnection.class)
			.getServerSessionStateController()
			.addSessionStateChangesListener(tracking);
		return tracking;
	}

	@Override
	public void handleSessionStateChanges(ServerSessionStateChanges changes) {
		for (SessionStateChange change : changes.getSessionStateChangesList()) {
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
		if (change.getType() == ServerSessionStateController.SESSION_TRACK_SYSTEM_VARIABLES
				&& change.getValues().get(0).equals(LAST_GTID)) {
			return change.getValues().get(1);
		}
		return null;
	}

}
