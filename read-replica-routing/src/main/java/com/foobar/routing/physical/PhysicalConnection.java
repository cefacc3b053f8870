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
 * One connection of the driver, standing between the driver and the pool. It tells the
 * server about the auto-commit mode only when something is about to run in another mode
 * than the server is in.
 * <p>
 * A pool hands out connections in auto-commit mode and puts them back into it on return,
 * and a transaction switches it off at its begin: two statements per transaction that
 * change nothing, since the next borrower most often starts a transaction too. Here the
 * pool keeps its contract towards whoever borrows from it, and the server hears of a
 * change of mode only.
 * <p>
 * A statement object made earlier runs without passing here. So a change of mode is put
 * off only while the borrower has made no statement yet, or after it declared, with
 * {@link #finish()}, that none of its statements will run again; otherwise it is sent at
 * once.
 * <p>
 * A read-only transaction at READ COMMITTED is not begun at all as long as it only
 * selects: there each statement sees what is committed when it starts, inside a
 * transaction as outside, so that beginning and ending one would change no result. What
 * does depend on a transaction begins it: a locking read, a call, and any statement whose
 * text is not known yet.
 * <p>
 * What the application changes by SQL is heard by {@link SessionStateTracker}; a mode
 * that was chosen so is left alone until a mode is asked for again.
 * <p>
 * As thread-safe as a connection is: for one thread at a time.
 */
public final class PhysicalConnection extends DelegatingConnection {

	private static final Log logger = LogFactory.getLog(PhysicalConnection.class);

	private final Connection driver;

	/** What the borrower asked for. */
	private boolean autoCommit;

	/** The mode the server is in. */
	private boolean serverAutoCommit;

	/** The mode the driver believes in, in which it knows what a commit is. */
	private boolean driverAutoCommit;

	/** Whether the server came into its mode by a statement of the application. */
	private boolean autoCommitBySql;

	/** Whether the session is being changed from here. */
	private boolean telling;

	/** Whether no statement that could still run was made. */
	private boolean idle = true;

	private boolean readOnly;

	private int isolation;

	private volatile boolean aborted;

	private final @Nullable String server;

	/** Whether the next statement, whose text is not known yet, will only select. */
	private boolean selectAnnounced;

	/** The driver itself remembers its listeners by weak references only. */
	private final @Nullable CommitTracker commitTracking;

	@SuppressWarnings("unused")
	private final @Nullable SessionStateTracker sessionChanges;

	/**
	 * Stand before a connection.
	 * @param driver the connection of the driver
	 * @param server which server it leads to, {@code null} if that is not known
	 * @param commitTracking kept as long as the connection
	 * @param defaults what was changed of the defaults of Connector/J, {@code null} if it
	 * is another driver
	 */
	PhysicalConnection(Connection driver, @Nullable String server, @Nullable CommitTracker commitTracking,
			@Nullable DriverDefaults defaults) throws SQLException {
		this.driver = driver;
		this.server = server;
		this.commitTracking = commitTracking;
		this.autoCommit = driver.getAutoCommit();
		this.serverAutoCommit = this.autoCommit;
		this.driverAutoCommit = this.autoCommit;
		this.isolation = driver.getTransactionIsolation();
		this.sessionChanges = (defaults != null) ? SessionStateTracker.start(driver, defaults, this) : null;
	}

	/** Whether what the server tells now was changed by a method of this connection. */
	boolean isTelling() {
		return this.telling;
	}

	void autoCommitChanged(boolean autoCommit) {
		this.serverAutoCommit = autoCommit;
		this.autoCommitBySql = true;
	}

	void isolationChanged(int level) {
		this.isolation = level;
	}

	/**
	 * Find the physical connection below a pooled one.
	 * @param pooled a connection of any pool
	 * @return the physical connection, or {@code null} if the pool was not prepared by
	 * {@link PhysicalDataSource}
	 * @throws SQLException if the pooled connection cannot tell
	 */
	public static @Nullable PhysicalConnection below(Connection pooled) throws SQLException {
		return pooled.isWrapperFor(PhysicalConnection.class) ? pooled.unwrap(PhysicalConnection.class) : null;
	}

	/**
	 * Which server the connection leads to, as the server said when it was opened.
	 * @return the identity, or {@code null} if it is not known
	 */
	public @Nullable String server() {
		return this.server;
	}

	/**
	 * End a connection that is sound but of no use, so that its pool does not hand it out
	 * again.
	 */
	public void discard() {
		this.aborted = true;
		try {
			this.driver.close();
		}
		catch (SQLException ex) {
			logger.trace("A connection of no use could not be closed in peace", ex);
		}
	}

	/**
	 * Declare that the transaction is over and that no statement made so far will run
	 * again. To be called just before the connection goes back to its pool.
	 * @throws SQLException if the server did not respond to the query for the last commit
	 */
	public void finish() throws SQLException {
		if (this.serverAutoCommit && !this.idle) {
			completeCommits();
		}
		this.idle = true;
	}

	private void completeCommits() throws SQLException {
		if (this.commitTracking != null) {
			this.commitTracking.complete();
		}
	}

	/**
	 * Declare that the next statement to be made will run a query without locks only,
	 * which its text would tell if it had been given one.
	 */
	public void announceSelect() {
		this.selectAnnounced = true;
	}

	/**
	 * Everything that is not known to be harmless below passes here, and finds the server
	 * in the mode that was asked for.
	 */
	@Override
	protected Connection delegate() throws SQLException {
		synchronize();
		this.idle = false;
		return this.driver;
	}

	private void synchronize() throws SQLException {
		if (!this.autoCommitBySql) {
			tellServer(this.autoCommit);
		}
	}

	private void tellServer(boolean autoCommit) throws SQLException {
		if (this.serverAutoCommit != autoCommit || this.driverAutoCommit != autoCommit) {
			tell(() -> this.driver.setAutoCommit(autoCommit));
			this.serverAutoCommit = autoCommit;
			this.driverAutoCommit = autoCommit;
		}
	}

	private void tell(Change change) throws SQLException {
		this.telling = true;
		try {
			change.make();
		}
		finally {
			this.telling = false;
		}
	}

	/**
	 * The connection on which to select: outside the transaction that was asked for, if
	 * that makes no difference and if it has not begun.
	 */
	private Connection delegateToSelect() throws SQLException {
		if (transactionMatters()) {
			return delegate();
		}
		tellServer(true);
		this.idle = false;
		return this.driver;
	}

	/** Whether even a query must run inside the transaction that was asked for. */
	private boolean transactionMatters() {
		return this.autoCommit || this.autoCommitBySql || !this.readOnly
				|| this.isolation > Connection.TRANSACTION_READ_COMMITTED || !(this.idle || this.serverAutoCommit);
	}

	/** The text is read last, and only where it makes a difference. */
	private Connection delegateFor(String sql) throws SQLException {
		return (!transactionMatters() && NonlockingSelect.isWithoutLocks(sql)) ? delegateToSelect() : delegate();
	}

	/** Does not begin a transaction: metadata depends on none. */
	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		return hasNothingToEnd() ? this.driver.getMetaData() : delegate().getMetaData();
	}

	@Override
	public Statement createStatement() throws SQLException {
		boolean select = this.selectAnnounced;
		this.selectAnnounced = false;
		return (select ? delegateToSelect() : delegate()).createStatement();
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return delegateFor(sql).prepareStatement(sql);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
			throws SQLException {
		return delegateFor(sql).prepareStatement(sql, resultSetType, resultSetConcurrency);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return delegateFor(sql).prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability);
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		this.autoCommit = autoCommit;
		this.autoCommitBySql = false;
		if (!this.idle) {
			synchronize();
		}
	}

	@Override
	public boolean getAutoCommit() {
		return this.autoCommit;
	}

	@Override
	public void commit() throws SQLException {
		if (hasNothingToEnd()) {
			return;
		}
		synchronize();
		this.driver.commit();
		completeCommits();
	}

	@Override
	public void rollback() throws SQLException {
		if (hasNothingToEnd()) {
			return;
		}
		synchronize();
		this.driver.rollback();
	}

	/** A transaction the server has not heard of yet. */
	private boolean hasNothingToEnd() {
		return !this.autoCommit && this.serverAutoCommit && !this.autoCommitBySql;
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
		tell(() -> this.driver.setReadOnly(readOnly));
		this.readOnly = readOnly;
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		return this.driver.isReadOnly();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		tell(() -> this.driver.setTransactionIsolation(level));
		this.isolation = level;
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		return this.driver.getTransactionIsolation();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		Connection connection = delegate();
		tell(() -> connection.setCatalog(catalog));
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		Connection connection = delegate();
		tell(() -> connection.setSchema(schema));
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
	 * The last that a pool does when a connection comes back, and often the only thing.
	 * One that was aborted must not pass for sound then: it would be handed out again.
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
		// The driver's own connection is out of sight from here on, so it must be in the
		// mode that was asked for.
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

	private interface Change {

		void make() throws SQLException;

	}

}
