package com.foobar.routing.physical;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the driver, between the driver and the pool. It sends the auto-commit
 * mode to the server only when something is about to run in another mode than the server
 * is in.
 * <p>
 * A pool hands out connections in auto-commit mode and resets it on return, and a
 * transaction switches it off at its start: two statements per transaction that change
 * nothing, since the next borrower most often starts a transaction too. Here the pool
 * keeps its contract with its borrowers, and the server receives only actual changes of
 * mode. {@link SessionState} decides when one is sent, and {@link SessionStateTracker}
 * reports what the application changes by SQL.
 * <p>
 * As thread-safe as a connection is: for one thread at a time.
 */
public final class PhysicalConnection extends DelegatingConnection {

	private static final Log logger = LogFactory.getLog(PhysicalConnection.class);

	private final Connection driver;

	private final SessionState session;

	private volatile boolean aborted;

	private final @Nullable String server;

	/** The driver holds its listeners by weak references only. */
	private final @Nullable CommitTracker commitTracker;

	@SuppressWarnings("unused")
	private final @Nullable SessionStateTracker sessionStateTracker;

	/**
	 * Wrap a connection.
	 * @param driver the connection of the driver
	 * @param server identity of its server, {@code null} if unknown
	 * @param commitTracker kept as long as the connection
	 * @param defaults the changed properties of Connector/J, {@code null} for another
	 * driver
	 */
	PhysicalConnection(Connection driver, @Nullable String server, @Nullable CommitTracker commitTracker,
			@Nullable DriverDefaults defaults) throws SQLException {
		this.driver = driver;
		this.server = server;
		this.commitTracker = commitTracker;
		this.session = new SessionState(driver);
		this.sessionStateTracker = (defaults != null) ? SessionStateTracker.start(driver, defaults, this.session)
				: null;
	}

	/**
	 * Find the physical connection below a pooled one.
	 * @param pooled a connection of any pool
	 * @return the physical connection, or {@code null} if the pool was not prepared by
	 * {@link PhysicalDataSource}
	 * @throws SQLException if the pooled connection is closed
	 */
	public static @Nullable PhysicalConnection below(Connection pooled) throws SQLException {
		return pooled.isWrapperFor(PhysicalConnection.class) ? pooled.unwrap(PhysicalConnection.class) : null;
	}

	/**
	 * Return the identity of the server, which was queried when the connection was
	 * opened.
	 * @return the identity, or {@code null} if it is unknown
	 */
	public @Nullable String server() {
		return this.server;
	}

	/**
	 * Close a connection that works but leads to the wrong server, so that its pool
	 * evicts it.
	 */
	public void discard() {
		this.aborted = true;
		try {
			this.driver.close();
		}
		catch (SQLException ex) {
			logger.trace("A discarded connection could not be closed", ex);
		}
	}

	/**
	 * Declare that the transaction is over and that no statement made so far will run
	 * again. To be called just before the connection goes back to its pool.
	 * @throws SQLException if the server did not respond to the query for the last commit
	 */
	public void finish() throws SQLException {
		if (this.session.hasRunOutsideTransaction()) {
			recordLastCommit();
		}
		this.session.finish();
	}

	private void recordLastCommit() throws SQLException {
		if (this.commitTracker != null) {
			this.commitTracker.recordLastCommit();
		}
	}

	/**
	 * Declare that the next statement, which is created without a text, runs nothing but
	 * a query that takes no locks.
	 */
	public void announceSelect() {
		this.session.announceSelect();
	}

	/** For all methods that are not overridden: in the requested mode. */
	@Override
	protected Connection delegate() throws SQLException {
		return this.session.forAny();
	}

	/** Starts no transaction, because metadata depends on none. */
	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		return this.session.isTransactionDeferred() ? this.driver.getMetaData() : delegate().getMetaData();
	}

	@Override
	public Statement createStatement() throws SQLException {
		return this.session.forUnknown().createStatement();
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return this.session.forStatement(sql).prepareStatement(sql);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
			throws SQLException {
		return this.session.forStatement(sql).prepareStatement(sql, resultSetType, resultSetConcurrency);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return this.session.forStatement(sql)
			.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability);
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		this.session.setAutoCommit(autoCommit);
	}

	@Override
	public boolean getAutoCommit() {
		return this.session.autoCommit();
	}

	@Override
	public void commit() throws SQLException {
		if (this.session.isTransactionDeferred()) {
			return;
		}
		this.session.synchronize();
		this.driver.commit();
		recordLastCommit();
	}

	@Override
	public void rollback() throws SQLException {
		if (this.session.isTransactionDeferred()) {
			return;
		}
		this.session.synchronize();
		this.driver.rollback();
	}

	@Override
	public void close() throws SQLException {
		this.driver.close();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.driver.isClosed();
	}

	@Override
	public boolean isValid(int timeout) throws SQLException {
		return this.driver.isValid(timeout);
	}

	/** May be called by another thread than the connection's own. */
	@Override
	public void abort(Executor executor) throws SQLException {
		this.aborted = true;
		this.driver.abort(executor);
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		this.session.setReadOnly(readOnly);
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		return this.driver.isReadOnly();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		this.session.setIsolation(level);
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		return this.driver.getTransactionIsolation();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		Connection connection = delegate();
		this.session.change(() -> connection.setCatalog(catalog));
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		Connection connection = delegate();
		this.session.change(() -> connection.setSchema(schema));
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		this.driver.setNetworkTimeout(executor, milliseconds);
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		return this.driver.getNetworkTimeout();
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		return this.driver.getWarnings();
	}

	/**
	 * The last call of a pool when a connection is returned, and often the only one. An
	 * aborted connection must fail here, otherwise the pool would lend it again.
	 */
	@Override
	public void clearWarnings() throws SQLException {
		if (this.aborted) {
			throw new SQLNonTransientConnectionException("The connection was aborted", "08003");
		}
		this.driver.clearWarnings();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		// What runs on the driver's own connection is not seen here, so it must be in the
		// requested mode.
		return type.isInstance(delegate()) ? type.cast(this.driver) : this.driver.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(this.driver) || this.driver.isWrapperFor(type);
	}

	@Override
	public String toString() {
		return this.driver.toString();
	}

}
