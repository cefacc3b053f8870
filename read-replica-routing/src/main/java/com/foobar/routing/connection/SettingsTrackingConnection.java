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

	/** {@code null} as long as the application has set nothing, as most do. */
	private @Nullable ConnectionSettings settings;

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
		if (this.settings != null) {
			this.settings.applyTo(connection);
		}
	}

	private ConnectionSettings settings() {
		ConnectionSettings settings = this.settings;
		if (settings == null) {
			settings = new ConnectionSettings();
			this.settings = settings;
		}
		return settings;
	}

	private @Nullable Connection checkedLeased() throws SQLException {
		checkOpen();
		return leased();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		Connection leased = checkedLeased();
		settings().isolation = level;
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
		ConnectionSettings settings = settings();
		int isolation = (settings.isolation != null) ? settings.isolation : this.metadata.defaults().isolation();
		// The application counts on the level that was reported, also on a connection
		// whose last borrower has changed its level by SQL.
		settings.isolation = isolation;
		return isolation;
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		Connection leased = checkedLeased();
		settings().holdability = holdability;
		if (leased != null) {
			leased.setHoldability(holdability);
		}
	}

	@Override
	public int getHoldability() throws SQLException {
		checkOpen();
		ConnectionSettings settings = settings();
		return (settings.holdability != null) ? settings.holdability : this.metadata.defaults().holdability();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		Connection leased = checkedLeased();
		settings().catalog = catalog;
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
		ConnectionSettings settings = settings();
		return (settings.catalog != null) ? settings.catalog : this.metadata.defaults().catalog();
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		Connection leased = checkedLeased();
		settings().schema = schema;
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
		ConnectionSettings settings = settings();
		return (settings.schema != null) ? settings.schema : this.metadata.defaults().schema();
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		Connection leased = checkedLeased();
		settings().networkTimeout = new ConnectionSettings.NetworkTimeout(executor, milliseconds);
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
		ConnectionSettings settings = settings();
		return (settings.networkTimeout != null) ? settings.networkTimeout.milliseconds() : 0;
	}

	@Override
	public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
		if (forwardsClientInfo()) {
			super.setClientInfo(name, value);
			return;
		}
		settings().clientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		if (forwardsClientInfo()) {
			super.setClientInfo(properties);
			return;
		}
		settings().clientInfo(properties);
	}

	/** A closed connection fails in {@link #delegate()}. */
	abstract boolean forwardsClientInfo();

	@Override
	public @Nullable String getClientInfo(String name) throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getClientInfo(name) : settings().clientInfo().getProperty(name);
	}

	@Override
	public Properties getClientInfo() throws SQLException {
		Connection leased = checkedLeased();
		return (leased != null) ? leased.getClientInfo() : settings().clientInfo();
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
