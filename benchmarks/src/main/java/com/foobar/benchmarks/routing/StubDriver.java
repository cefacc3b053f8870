package com.foobar.benchmarks.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executor;

import com.foobar.routing.connection.DelegatingConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections to nowhere that answer at once, so that what remains is the cost of
 * whatever stands between the application and the driver.
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

		private final PreparedStatement statement = Stubs.of(PreparedStatement.class);

		private boolean autoCommit = true;

		private boolean readOnly;

		@Override
		protected Connection delegate() throws SQLException {
			throw new SQLException("The stub driver does not do that");
		}

		@Override
		public PreparedStatement prepareStatement(String sql) {
			return this.statement;
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

}
