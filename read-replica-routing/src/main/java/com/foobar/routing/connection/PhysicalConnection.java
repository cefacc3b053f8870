package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.concurrent.Executor;

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
 * As thread-safe as a connection is: for one thread at a time.
 */
public final class PhysicalConnection extends DelegatingConnection {

	private final Connection driver;

	/** What the borrower asked for. */
	private boolean autoCommit;

	/** What the server was told. */
	private boolean serverAutoCommit;

	/** Whether no statement that could still run was made. */
	private boolean idle = true;

	/** The driver itself remembers its listeners by weak references only. */
	@SuppressWarnings("unused")
	private final @Nullable Object commitTracking;

	/**
	 * Stand before a connection.
	 * @param driver the connection of the driver
	 * @param commitTracking kept as long as the connection
	 */
	PhysicalConnection(Connection driver, @Nullable Object commitTracking) throws SQLException {
		this.driver = driver;
		this.commitTracking = commitTracking;
		this.autoCommit = driver.getAutoCommit();
		this.serverAutoCommit = this.autoCommit;
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
	 * Declare that the transaction is over and that no statement made so far will run
	 * again. To be called just before the connection goes back to its pool.
	 */
	public void finish() {
		this.idle = true;
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
		if (this.serverAutoCommit != this.autoCommit) {
			this.driver.setAutoCommit(this.autoCommit);
			this.serverAutoCommit = this.autoCommit;
		}
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		this.autoCommit = autoCommit;
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
		return !this.autoCommit && this.serverAutoCommit;
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

	@Override
	public void abort(Executor executor) throws SQLException {
		this.driver.abort(executor);
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		this.driver.setReadOnly(readOnly);
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		return this.driver.isReadOnly();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		this.driver.setTransactionIsolation(level);
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		return this.driver.getTransactionIsolation();
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

	@Override
	public void clearWarnings() throws SQLException {
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

}
