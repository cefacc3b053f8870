package com.foobar.routing.physical;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The auto-commit mode that the borrower of a connection has requested, the mode of the
 * server, and when a change is sent to the server.
 * <p>
 * An existing statement object executes without a call to this class. So a change of mode
 * is deferred only until the borrower creates its first statement, and again after
 * {@link #finish()} has declared that none of its statements runs any more; otherwise it
 * is sent at once.
 * <p>
 * A read-only transaction at READ COMMITTED is not started at all as long as it only
 * selects: each statement sees what is committed when it starts, inside a transaction as
 * outside, so that starting and ending one would change no result. What does depend on a
 * transaction starts it: a locking read, a call, and any statement whose text is not
 * known yet.
 * <p>
 * For one thread at a time, as the connection.
 */
final class SessionState {

	private final Connection driver;

	/** The mode that the borrower requested. */
	private boolean autoCommit;

	/** The mode that the server is in. */
	private boolean serverAutoCommit;

	/** The mode that the driver assumes, which decides what a commit does. */
	private boolean driverAutoCommit;

	/** Whether a statement of the application set the server's mode. */
	private boolean autoCommitBySql;

	/** Whether the session is being changed by the methods of the connection. */
	private boolean changing;

	/** Whether there is no statement that could still run. */
	private boolean idle = true;

	private boolean readOnly;

	private int isolation;

	/** Whether the next statement, whose text is not known yet, only selects. */
	private boolean selectAnnounced;

	SessionState(Connection driver) throws SQLException {
		this.driver = driver;
		this.autoCommit = driver.getAutoCommit();
		this.serverAutoCommit = this.autoCommit;
		this.driverAutoCommit = this.autoCommit;
		this.isolation = driver.getTransactionIsolation();
	}

	/**
	 * Whether what the server reports now was changed by a method of the connection, and
	 * not by SQL of the application.
	 */
	boolean isChanging() {
		return this.changing;
	}

	/**
	 * Record that SQL of the application changed the mode. It is left alone until a mode
	 * is requested again.
	 * @param autoCommit the mode that the server is in
	 */
	void autoCommitChanged(boolean autoCommit) {
		this.serverAutoCommit = autoCommit;
		this.autoCommitBySql = true;
	}

	/**
	 * Record that SQL of the application changed the isolation level.
	 * @param level the level, as in {@link Connection#setTransactionIsolation(int)}
	 */
	void isolationChanged(int level) {
		this.isolation = level;
	}

	boolean autoCommit() {
		return this.autoCommit;
	}

	void setAutoCommit(boolean autoCommit) throws SQLException {
		this.autoCommit = autoCommit;
		this.autoCommitBySql = false;
		if (!this.idle) {
			synchronize();
		}
	}

	void setReadOnly(boolean readOnly) throws SQLException {
		change(() -> this.driver.setReadOnly(readOnly));
		this.readOnly = readOnly;
	}

	void setIsolation(int level) throws SQLException {
		change(() -> this.driver.setTransactionIsolation(level));
		this.isolation = level;
	}

	/**
	 * Change the session by a method of the driver.
	 * @param change the call
	 */
	void change(Change change) throws SQLException {
		this.changing = true;
		try {
			change.run();
		}
		finally {
			this.changing = false;
		}
	}

	/** Declare that the next statement, created without a text, only selects. */
	void announceSelect() {
		this.selectAnnounced = true;
	}

	/** Whether statements have run outside of any transaction since the last finish. */
	boolean hasRunOutsideTransaction() {
		return this.serverAutoCommit && !this.idle;
	}

	/** Declare that no statement that exists runs again. */
	void finish() {
		this.idle = true;
	}

	/** Whether the borrower is in a transaction that the server has not started. */
	boolean isTransactionDeferred() {
		return !this.autoCommit && this.serverAutoCommit && !this.autoCommitBySql;
	}

	/** Send the requested mode, unless the server is in it. */
	void synchronize() throws SQLException {
		if (!this.autoCommitBySql) {
			send(this.autoCommit);
		}
	}

	/** The connection for any statement, in the requested mode. */
	Connection forAny() throws SQLException {
		synchronize();
		this.idle = false;
		return this.driver;
	}

	/** The connection for a statement that is created without a text. */
	Connection forUnknown() throws SQLException {
		boolean select = this.selectAnnounced;
		this.selectAnnounced = false;
		return select ? forSelect() : forAny();
	}

	/**
	 * The connection for a statement. Its text is read last, and only where it makes a
	 * difference.
	 * @param sql the text
	 */
	Connection forStatement(String sql) throws SQLException {
		return (!transactionMatters() && NonlockingSelect.matches(sql)) ? forSelect() : forAny();
	}

	/**
	 * The connection for a query: outside the requested transaction, if that makes no
	 * difference and if it has not started.
	 */
	private Connection forSelect() throws SQLException {
		if (transactionMatters()) {
			return forAny();
		}
		send(true);
		this.idle = false;
		return this.driver;
	}

	/** Whether even a query must run inside the requested transaction. */
	private boolean transactionMatters() {
		return this.autoCommit || this.autoCommitBySql || !this.readOnly
				|| this.isolation > Connection.TRANSACTION_READ_COMMITTED || !(this.idle || this.serverAutoCommit);
	}

	private void send(boolean autoCommit) throws SQLException {
		if (this.serverAutoCommit != autoCommit || this.driverAutoCommit != autoCommit) {
			change(() -> this.driver.setAutoCommit(autoCommit));
			this.serverAutoCommit = autoCommit;
			this.driverAutoCommit = autoCommit;
		}
	}

	interface Change {

		void run() throws SQLException;

	}

}
