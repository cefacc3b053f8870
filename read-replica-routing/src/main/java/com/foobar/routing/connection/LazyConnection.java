package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Objects;

import com.foobar.routing.TopologySnapshot;

/**
 * The connection that the application holds: its transaction. Until the first statement,
 * commit, rollback and close cost nothing.
 * <p>
 * As thread-safe as a connection is: for one thread at a time, except for {@link #abort}.
 */
final class LazyConnection extends LeasingConnection {

	LazyConnection(ConnectionAcquirer acquirer, MetadataCache metadata, boolean autoCommit) {
		super(acquirer, metadata, autoCommit);
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		checkOpen();
		Connection leased = leased();
		if (this.autoCommit == autoCommit) {
			if (leased != null && this.leasedAutoCommit == autoCommit) {
				// The application may have changed the mode by SQL.
				leased.setAutoCommit(autoCommit);
			}
			return;
		}
		this.autoCommit = autoCommit;
		if (leased == null) {
			return;
		}
		// Switching on ends an open transaction, and a statement made earlier must find
		// the new mode. Otherwise the change is sent with the next statement, if there is
		// one.
		boolean now = autoCommit ? inTransaction() : hasOpenStatement();
		if (now && this.leasedAutoCommit != autoCommit) {
			leased.setAutoCommit(autoCommit);
			this.leasedAutoCommit = autoCommit;
			recordRead();
		}
		this.used = false;
		leaveIdleReplica();
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		checkOpen();
		return this.autoCommit;
	}

	@Override
	public void commit() throws SQLException {
		checkOpen();
		if (inTransaction()) {
			Objects.requireNonNull(leased()).commit();
			recordRead();
			this.used = false;
			leaveIdleReplica();
		}
	}

	@Override
	public void rollback() throws SQLException {
		checkOpen();
		Connection leased = leased();
		// A broken connection has rolled back already. To fail here would hide the
		// failure that broke it.
		if (leased != null && inTransaction() && !leased.isClosed()) {
			leased.rollback();
			recordRead();
		}
		this.used = false;
		leaveIdleReplica();
	}

	/**
	 * Before the first statement this is the state in the snapshot: to acquire a
	 * connection now, before the transaction is known to be read-only or not, would
	 * choose the wrong server.
	 */
	@Override
	public boolean isValid(int timeout) throws SQLException {
		if (timeout < 0) {
			throw new SQLException("The timeout is " + timeout + " s; expected zero, for none, or more", "HY024");
		}
		if (this.closed) {
			return false;
		}
		Connection leased = leased();
		if (leased != null) {
			return leased.isValid(timeout);
		}
		TopologySnapshot snapshot = snapshot();
		return this.readOnly ? snapshot.canRead() : snapshot.primary().isReachable();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		checkOpen();
		if (isOnPrimary()) {
			Objects.requireNonNull(leased()).setReadOnly(readOnly);
		}
		this.readOnly = readOnly;
		this.readOnlySet = true;
		leaveIdleReplica();
	}

	/**
	 * False unless it was set: {@code DataSourceTransactionManager} remembers the flag of
	 * its first connection, and would never again set a transaction read-only if it were
	 * true.
	 */
	@Override
	public boolean isReadOnly() throws SQLException {
		checkOpen();
		return this.readOnly;
	}

	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		checkOpen();
		return LazyMetaData.of(this);
	}

	@Override
	public String toString() {
		Connection leased = leased();
		return (leased != null) ? leased.toString() : "connection not opened yet";
	}

}
