package com.foobar.routing.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Routes read-only connections to replicas and all others to the primary. The node is
 * chosen when a connection runs its first statement, once for each physical connection.
 * <p>
 * A connection is read-only after {@link Connection#setReadOnly}, which Spring calls for
 * {@code @Transactional(readOnly = true)}. A replica that cannot be connected to is
 * skipped within the same call: nothing was sent yet, so nothing is lost.
 * <p>
 * Thread-safe. Does not close the pools.
 */
public class RoutingDataSource implements DataSource {

	private final DataSource primary;

	private final ConnectionAcquirer acquirer;

	private final MetadataCache metadata;

	private final boolean autoCommit;

	/**
	 * Not private, nor is the class final: tracing libraries subclass what they wrap.
	 */
	RoutingDataSource(DataSource primary, ConnectionAcquirer acquirer, boolean autoCommit) {
		this.primary = primary;
		this.acquirer = acquirer;
		this.metadata = new MetadataCache(acquirer);
		this.autoCommit = autoCommit;
	}

	@Override
	public Connection getConnection() {
		return new LazyConnection(this.acquirer, this.metadata, this.autoCommit);
	}

	/**
	 * Not supported: the accounts belong to the pools.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"A connection for another account cannot be routed; give each pool its account instead");
	}

	/** For tests. */
	MetadataCache metadata() {
		return this.metadata;
	}

	/**
	 * Unwrap the primary's pool for {@code DataSource} itself: code that unwraps a chain
	 * of data sources down to its root derives one for migrations from it, which write.
	 */
	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type != DataSource.class && type.isInstance(this)) {
			return type.cast(this);
		}
		if (type.isInstance(this.primary)) {
			return type.cast(this.primary);
		}
		return this.primary.unwrap(type);
	}

	/**
	 * Does not claim the interfaces of the primary's pool: code that finds pools by
	 * interface, such as pool metrics, would count the primary's twice.
	 */
	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		if (type == DataSource.class || type.isInstance(this)) {
			return true;
		}
		return !type.isInterface() && (type.isInstance(this.primary) || this.primary.isWrapperFor(type));
	}

	@Override
	public @Nullable PrintWriter getLogWriter() throws SQLException {
		return this.primary.getLogWriter();
	}

	@Override
	public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
		this.primary.setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.primary.setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.primary.getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
	}

	@Override
	public String toString() {
		return "RoutingDataSource" + this.acquirer;
	}

}
