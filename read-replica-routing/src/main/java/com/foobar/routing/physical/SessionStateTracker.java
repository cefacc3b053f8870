package com.foobar.routing.physical;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.readonly.ReadOnlyQueryInterceptor;
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.protocol.ServerSessionStateController;
import com.mysql.cj.protocol.ServerSessionStateController.ServerSessionStateChanges;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChange;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChangesListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tracks what an application changes in its session by SQL ({@code USE other},
 * {@code SET autocommit=0}, {@code SET SESSION TRANSACTION ...}) instead of by the
 * methods of the connection. The server reports it in its response to the statement, so
 * that no query is needed.
 * <p>
 * After the first such change the driver's connection no longer caches the state of its
 * session, which is the driver's default: a catalog or an isolation level that the next
 * borrower sets is always sent. For one thread at a time, as the connection.
 */
final class SessionStateTracker implements SessionStateChangesListener {

	private static final Log logger = LogFactory.getLog(SessionStateTracker.class);

	private static final Map<String, Integer> LEVELS = Map.of("READ-UNCOMMITTED",
			Connection.TRANSACTION_READ_UNCOMMITTED, "READ-COMMITTED", Connection.TRANSACTION_READ_COMMITTED,
			"REPEATABLE-READ", Connection.TRANSACTION_REPEATABLE_READ, "SERIALIZABLE",
			Connection.TRANSACTION_SERIALIZABLE);

	private final PropertySet driver;

	private final DriverDefaults defaults;

	private final SessionState session;

	private final @Nullable ReadOnlyQueryInterceptor interceptor;

	private SessionStateTracker(MysqlConnection driver, DriverDefaults defaults, SessionState session) {
		this.driver = driver.getPropertySet();
		this.interceptor = ReadOnlyQueryInterceptor.of(driver);
		this.defaults = defaults;
		this.session = session;
	}

	/**
	 * Start to track. If the server or the driver reports nothing, the driver's defaults
	 * apply from the start.
	 * @return the tracker, to be kept as long as the connection, since the driver holds
	 * it by a weak reference only; {@code null} if nothing is reported
	 */
	static @Nullable SessionStateTracker start(Connection driver, DriverDefaults defaults, SessionState session)
			throws SQLException {
		if (!driver.isWrapperFor(MysqlConnection.class)) {
			return null;
		}
		MysqlConnection mysql = driver.unwrap(MysqlConnection.class);
		SessionStateTracker tracker = new SessionStateTracker(mysql, defaults, session);
		if (!Boolean.TRUE.equals(mysql.getPropertySet().getBooleanProperty(PropertyKey.trackSessionState).getValue())) {
			tracker.stopCaching();
			return null;
		}
		try (Statement statement = driver.createStatement()) {
			statement.execute(Dialect.of(driver).trackSession());
		}
		catch (SQLException ex) {
			logger.debug("The server does not report what is changed in a session", ex);
			tracker.stopCaching();
			return null;
		}
		mysql.getServerSessionStateController().addSessionStateChangesListener(tracker);
		return tracker;
	}

	@Override
	public void handleSessionStateChanges(ServerSessionStateChanges changes) {
		if (this.session.isChanging() || (this.interceptor != null && this.interceptor.isChangingSession())) {
			return;
		}
		for (SessionStateChange change : changes.getSessionStateChangesList()) {
			if (change.getType() == ServerSessionStateController.SESSION_TRACK_SCHEMA) {
				stopCaching();
			}
			else if (change.getType() == ServerSessionStateController.SESSION_TRACK_SYSTEM_VARIABLES) {
				variable(change.getValues().get(0), change.getValues().get(1));
			}
		}
	}

	/** Under the names of MySQL and of MariaDB. */
	private void variable(String name, String value) {
		switch (name) {
			case "autocommit" -> {
				stopCaching();
				this.session.autoCommitChanged(value.equals("ON") || value.equals("1"));
			}
			case "transaction_isolation", "tx_isolation" -> {
				stopCaching();
				Integer level = LEVELS.get(value);
				if (level != null) {
					this.session.isolationChanged(level);
				}
			}
			case "transaction_read_only", "tx_read_only" -> {
				stopCaching();
				if (this.defaults.readOnlyAdded()) {
					set(PropertyKey.readOnlyPropagatesToServer, true);
				}
			}
			default -> {
				// Not cached below the application.
			}
		}
	}

	private void stopCaching() {
		if (this.defaults.localStateAdded()) {
			set(PropertyKey.useLocalSessionState, false);
		}
	}

	private void set(PropertyKey key, boolean value) {
		RuntimeProperty<Boolean> property = this.driver.getBooleanProperty(key);
		if (!Boolean.valueOf(value).equals(property.getValue())) {
			property.setValue(value);
		}
	}

}
