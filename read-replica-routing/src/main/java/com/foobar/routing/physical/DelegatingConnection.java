package com.foobar.routing.physical;

import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Delegates every method to another connection, so that subclasses contain only what they
 * do differently. Written by hand because a reflective proxy would cost each call an
 * array and a method lookup.
 */
public abstract class DelegatingConnection extends StatementFactory {

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		delegate().setAutoCommit(autoCommit);
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		return delegate().getAutoCommit();
	}

	@Override
	public void commit() throws SQLException {
		delegate().commit();
	}

	@Override
	public void rollback() throws SQLException {
		delegate().rollback();
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		delegate().rollback(savepoint);
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		return delegate().setSavepoint();
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		return delegate().setSavepoint(name);
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		delegate().releaseSavepoint(savepoint);
	}

	@Override
	public void close() throws SQLException {
		delegate().close();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return delegate().isClosed();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		delegate().setReadOnly(readOnly);
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		return delegate().isReadOnly();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		delegate().setCatalog(catalog);
	}

	@Override
	public @Nullable String getCatalog() throws SQLException {
		return delegate().getCatalog();
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		delegate().setSchema(schema);
	}

	@Override
	public @Nullable String getSchema() throws SQLException {
		return delegate().getSchema();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		delegate().setTransactionIsolation(level);
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		return delegate().getTransactionIsolation();
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		delegate().setHoldability(holdability);
	}

	@Override
	public int getHoldability() throws SQLException {
		return delegate().getHoldability();
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		return delegate().getWarnings();
	}

	@Override
	public void clearWarnings() throws SQLException {
		delegate().clearWarnings();
	}

	@Override
	public Map<String, Class<?>> getTypeMap() throws SQLException {
		return delegate().getTypeMap();
	}

	@Override
	public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
		delegate().setTypeMap(map);
	}

	@Override
	public boolean isValid(int timeout) throws SQLException {
		return delegate().isValid(timeout);
	}

	@Override
	public @Nullable String getClientInfo(String name) throws SQLException {
		return delegate().getClientInfo(name);
	}

	@Override
	public Properties getClientInfo() throws SQLException {
		return delegate().getClientInfo();
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		delegate().setNetworkTimeout(executor, milliseconds);
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		return delegate().getNetworkTimeout();
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		delegate().abort(executor);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return delegate().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return delegate().isWrapperFor(type);
	}

	@Override
	public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
		try {
			delegate().setClientInfo(name, value);
		}
		catch (SQLClientInfoException ex) {
			throw ex;
		}
		catch (SQLException ex) {
			throw new SQLClientInfoException(Map.of(), ex);
		}
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		try {
			delegate().setClientInfo(properties);
		}
		catch (SQLClientInfoException ex) {
			throw ex;
		}
		catch (SQLException ex) {
			throw new SQLClientInfoException(Map.of(), ex);
		}
	}

}
