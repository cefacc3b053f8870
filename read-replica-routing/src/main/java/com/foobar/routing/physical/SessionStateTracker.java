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
 * Hears what an application changes in its session by SQL ({@code USE other},
 * {@code SET autocommit=0}, {@code SET SESSION TRANSACTION ...}), past the methods of the
 * connection. The server tells it with its response to the statement, so that nothing has
 * to be asked.
 * <p>
 * From the first such change on, the driver's connection no longer trusts what it
 * remembers of its session, which is the driver's default: whoever borrows it next and
 * sets a catalog or an isolation level gets it. For one thread at a time, as the
 * connection.
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

	private final @Nullable ReadOnlyQueryInterceptor guard;

	private SessionStateTracker(MysqlConnection driver, DriverDefaults defaults, SessionState session) {
		this.driver = driver.getPropertySet();
		this.guard = ReadOnlyQueryInterceptor.of(driver);
		this.defaults = defaults;
		this.session = session;
	}

	/**
	 * Start to listen. A server or driver that tells nothing is left with the driver's
	 * defaults from the start.
	 * @return the listener, to be kept as long as the connection, since the driver
	 * remembers it by a weak reference only; {@code null} if there is nothing to hear
	 */
	static @Nullable SessionStateTracker start(Connection driver, DriverDefaults defaults, SessionState session)
			throws SQLException {
		if (!driver.isWrapperFor(MysqlConnection.class)) {
			return null;
		}
		MysqlConnection mysql = driver.unwrap(MysqlConnection.class);
		SessionStateTracker changes = new SessionStateTracker(mysql, defaults, session);
		if (!Boolean.TRUE.equals(mysql.getPropertySet().getBooleanProperty(PropertyKey.trackSessionState).getValue())) {
			changes.trustNothing();
			return null;
		}
		try (Statement statement = driver.createStatement()) {
			statement.execute(Dialect.of(driver).trackSession());
		}
		catch (SQLException ex) {
			logger.debug("The server does not tell what is changed in a session", ex);
			changes.trustNothing();
			return null;
		}
		mysql.getServerSessionStateController().addSessionStateChangesListener(changes);
		return changes;
	}

	@Override
	public void handleSessionStateChanges(ServerSessionStateChanges changes) {
		if (this.session.isChanging() || (this.guard != null && this.guard.isTelling())) {
			return;
		}
		for (SessionStateChange change : changes.getSessionStateChangesList()) {
			if (change.getType() == ServerSessionStateController.SESSION_TRACK_SCHEMA) {
				trustNothing();
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
				trustNothing();
				this.session.autoCommitChanged(value.equals("ON") || value.equals("1"));
			}
			case "transaction_isolation", "tx_isolation" -> {
				trustNothing();
				Integer level = LEVELS.get(value);
				if (level != null) {
					this.session.isolationChanged(level);
				}
			}
			case "transaction_read_only", "tx_read_only" -> {
				trustNothing();
				if (this.defaults.readOnlyAdded()) {
					set(PropertyKey.readOnlyPropagatesToServer, true);
				}
			}
			default -> {
				// Nothing that anybody below the application remembers.
			}
		}
	}

	private void trustNothing() {
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
