package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * A connection that remembers its settings, and applies them to each pooled connection
 * that it leases. While it has none, getters return what was set, or the defaults of all
 * connections.
 */
abstract class SettingsTrackingConnection extends StatementTrackingConnection {

	private final MetadataCache metadata;

	private final ConnectionSettings settings = new ConnectionSettings();

	SettingsTrackingConnection(MetadataCache metadata) {
		this.metadata = metadata;
	}

	/** The leased connection, {@code null} before the first statement. */
	abstract @Nullable Connection leased();

	/** Throws if the application has closed this connection. */
	abstract void checkOpen() throws SQLException;

	@Override
	protected abstract Connection delegate() throws SQLException;

	final MetadataCache metadata() {
		return this.metadata;
	}

	final void applySettings(Connection connection) throws SQLException {
		this.settings.applyTo(connection);
	}

	private @Nullable Connection checkedLeased() throws SQLException {
		checkOpen();
		return leased();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		Connection leased = checkedLeased();
		this.settings.isolation = level;
		if (leased != null) {
			leased.setTransactionIsolation(level);
		}
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		Connection leased = checkedLeased();
		if (leased != null) {
			return leased.getTransactionIsolation();
		}
		int isolation = (this.settings.isolation != null) ? this.settings.isolation
				: this.metadata.defaults().isolation();
		// The application counts on the level that was reported, also on a connection
		// whose last borrower has changed its level by SQL.
		this.settings.isolation = isolation;
		return isolation;
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		Connection leased = checkedLeased();
		this.settings.holdability = holdability;
		if (leased != null) {
			leased.setHoldability(holdability);
		}
	}

	@Override
	public int getHoldability() throws SQLException {
		checkOpen();
		return (this.settings.holdability != null) ? this.settings.holdability : this.metadata.defaults().holdability();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		Connection leased = checkedLeased();
		this.settings.catalog = catalog;
		if (leased != null) {
			leased.setCatalog(catalog);
		}
	}

	@Override
	public @Nullable String getCatalog() throws SQLException {
		Connection leased = checkedLeased();
		if (leased != null) {
			return leased.getCatalog();
		}
		return (this.settings.catalog != null) ? this.settings.catalog : this.metadata.defaults().catalog();
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		Connection leased = checkedLeased();
		this.settings.schema = schema;
		if (leased != null) {
			leased.setSchema(schema);
		}
	}

	@Override
	public @Nullable String getSchema() throws SQLException {
		Connection leased = checkedLeased();
		if (leased != null) {
			return leased.getSchema();
		}
		return (this.settings.schema != null) ? this.settings.schema : this.metadata.defaults().schema();
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		Connection leased = checkedLeased();
		this.settings.networkTimeout = new ConnectionSettings.NetworkTimeout(executor, milliseconds);
		if (leased != null) {
			leased.setNetworkTimeout(executor, milliseconds);
		}
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		Connection leased = checkedLeased();
		if (leased != null) {
			return leased.getNetworkTimeout();
		}
		return (this.settings.networkTimeout != null) ? this.settings.networkTimeout.milliseconds() : 0;
	}

	@Override
	public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
		if (passesClientInfoOn()) {
			super.setClientInfo(name, value);
			return;
		}
		this.settings.clientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		if (passesClientInfoOn()) {
			super.setClientInfo(properties);
			return;
		}
		this.settings.clientInfo(properties);
	}

	/** A closed connection fails in {@link #delegate()}. */
	abstract boolean passesClientInfoOn();

	@Override
	public @Nullable String getClientInfo(String name) throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getClientInfo(name) : this.settings.clientInfo().getProperty(name);
	}

	@Override
	public Properties getClientInfo() throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getClientInfo() : this.settings.clientInfo();
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getWarnings() : null;
	}

	@Override
	public void clearWarnings() throws SQLException {
		Connection leased = checkedLeased();
		if (leased != null) {
			leased.clearWarnings();
		}
	}

	@Override
	public Map<String, Class<?>> getTypeMap() throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getTypeMap() : Map.of();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : delegate().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		if (type.isInstance(this)) {
			return true;
		}
		Connection leased = leased();
		return (leased != null) ? leased.isWrapperFor(type)
				: Boolean.TRUE.equals(this.metadata.get(type, (connection) -> connection.isWrapperFor(type)));
	}

}
