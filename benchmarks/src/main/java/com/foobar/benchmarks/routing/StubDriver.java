package com.foobar.benchmarks.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executor;

import com.foobar.routing.physical.DelegatingConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections without a server that return at once, so that only the code between
 * the application and the driver is measured.
 */
final class StubDriver extends AbstractDataSource {

	@Override
	public Connection getConnection() {
		return new StubConnection();
	}

	@Override
	public Connection getConnection(String username, String password) {
		return getConnection();
	}

	private static final class StubConnection extends DelegatingConnection {

		private boolean autoCommit = true;

		private boolean readOnly;

		@Override
		protected Connection delegate() throws SQLException {
			throw new SQLException("The stub driver does not do that");
		}

		/** A new one for each call, as a driver does. */
		@Override
		public PreparedStatement prepareStatement(String sql) {
			return (PreparedStatement) Proxy.newProxyInstance(StubStatement.LOADER, StubStatement.TYPES,
					new StubStatement());
		}

		@Override
		public void setAutoCommit(boolean autoCommit) {
			this.autoCommit = autoCommit;
		}

		@Override
		public boolean getAutoCommit() {
			return this.autoCommit;
		}

		@Override
		public void setReadOnly(boolean readOnly) {
			this.readOnly = readOnly;
		}

		@Override
		public boolean isReadOnly() {
			return this.readOnly;
		}

		@Override
		public void commit() {
		}

		@Override
		public void rollback() {
		}

		@Override
		public void close() {
		}

		@Override
		public boolean isClosed() {
			return false;
		}

		@Override
		public boolean isValid(int timeout) {
			return true;
		}

		@Override
		public void clearWarnings() {
		}

		@Override
		public int getTransactionIsolation() {
			return TRANSACTION_REPEATABLE_READ;
		}

		@Override
		public int getHoldability() {
			return ResultSet.CLOSE_CURSORS_AT_COMMIT;
		}

		@Override
		public @Nullable String getCatalog() {
			return null;
		}

		@Override
		public @Nullable String getSchema() {
			return null;
		}

		@Override
		public int getNetworkTimeout() {
			return 0;
		}

		@Override
		public void setNetworkTimeout(Executor executor, int milliseconds) {
		}

		@Override
		public boolean isWrapperFor(Class<?> type) {
			return false;
		}

	}

	/**
	 * Returns an empty value for every call, but records whether it is closed: otherwise
	 * callers would assume that a transaction is still open.
	 */
	private static final class StubStatement implements InvocationHandler {

		private static final ClassLoader LOADER = StubStatement.class.getClassLoader();

		private static final Class<?>[] TYPES = { PreparedStatement.class };

		private boolean closed;

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
			switch (method.getName()) {
				case "close" -> {
					this.closed = true;
					return null;
				}
				case "isClosed" -> {
					return this.closed;
				}
				default -> {
					Class<?> result = method.getReturnType();
					return (result == boolean.class) ? (Object) false : (result == int.class) ? (Object) 0 : null;
				}
			}
		}

	}

}
