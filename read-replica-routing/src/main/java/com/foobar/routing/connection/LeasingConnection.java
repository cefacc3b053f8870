package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.Executor;

import com.foobar.routing.TopologySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A connection that leases a pooled connection when the first statement is made, and
 * returns it when it is closed.
 * <p>
 * The lease lasts until then, since the session on the server may hold locks or temporary
 * tables that the application counts on. There is one exception: a replica's connection
 * is returned as soon as this one is no longer read-only and no transaction is open, so
 * that a session that starts with a read (open session in view) can write later. A
 * connection never goes back from the primary to a replica.
 */
abstract class LeasingConnection extends SettingsTrackingConnection {

	private final ConnectionAcquirer acquirer;

	boolean autoCommit;

	boolean readOnly;

	boolean readOnlySet;

	/** Read by any thread that aborts, as are the next field and {@link #closed}. */
	private volatile @Nullable Lease lease;

	/** The former lease on a replica, until its statements are closed. */
	private volatile @Nullable DrainingConnection draining;

	/** The mode of the leased connection. */
	boolean leasedAutoCommit;

	/** Whether a statement was made since the last commit or rollback. */
	boolean used;

	volatile boolean closed;

	LeasingConnection(ConnectionAcquirer acquirer, MetadataCache metadata, boolean autoCommit) {
		super(metadata);
		this.acquirer = acquirer;
		this.autoCommit = autoCommit;
	}

	/**
	 * Return the leased connection, in the mode that was set, about to run a statement.
	 */
	@Override
	protected Connection delegate() throws SQLException {
		checkOpen();
		if (mustLeaveReplica()) {
			leaveReplica();
		}
		if (this.draining != null && this.draining.isDrained()) {
			releaseDrained();
		}
		Lease lease = this.lease;
		Connection connection = ((lease != null) ? lease : acquire()).connection();
		if (this.leasedAutoCommit != this.autoCommit) {
			connection.setAutoCommit(this.autoCommit);
			this.leasedAutoCommit = this.autoCommit;
		}
		this.used = true;
		return connection;
	}

	private Lease acquire() throws SQLException {
		Lease lease = this.acquirer.acquire(this.readOnly, this.autoCommit);
		try {
			applySettings(lease.connection());
			if (this.readOnlySet && !this.acquirer.isAlwaysReadOnly(lease)) {
				lease.connection().setReadOnly(this.readOnly);
			}
			this.leasedAutoCommit = lease.connection().getAutoCommit();
		}
		catch (SQLException | RuntimeException ex) {
			lease.close(ex);
			throw ex;
		}
		this.used = false;
		this.lease = lease;
		if (this.closed) {
			// Aborted during the acquisition: the aborting thread may not have seen the
			// lease, which must not stay away from its pool.
			release();
			checkOpen();
		}
		return lease;
	}

	private void release() throws SQLException {
		Lease lease = this.lease;
		if (lease == null) {
			return;
		}
		try (lease) {
			// A broken connection cannot be queried, and its pool has noticed already.
			if (!lease.connection().isClosed()) {
				boolean inTransaction = inTransaction();
				recordRead();
				if (!inTransaction) {
					lease.finish();
				}
			}
		}
		finally {
			this.lease = null;
			forgetStatements();
		}
	}

	final void recordRead() throws SQLException {
		Lease lease = this.lease;
		if (this.readOnly && this.used && lease != null) {
			this.acquirer.recordRead(lease);
		}
	}

	/** Return whether the next statement belongs to the primary. */
	private boolean mustLeaveReplica() {
		Lease lease = this.lease;
		return lease != null && !this.readOnly && lease.isOnReplica() && (this.leasedAutoCommit || !this.used);
	}

	/** Leave the replica's connection to the statements that are still being read. */
	private void leaveReplica() throws SQLException {
		if (!hasOpenStatement()) {
			release();
			return;
		}
		this.draining = new DrainingConnection(Objects.requireNonNull(this.lease), abandonStatements());
		this.lease = null;
	}

	final void leaveIdleReplica() throws SQLException {
		if (mustLeaveReplica() && !hasOpenStatement()) {
			release();
		}
	}

	private void releaseDrained() throws SQLException {
		DrainingConnection draining = this.draining;
		if (draining != null) {
			this.draining = null;
			draining.release();
		}
	}

	/**
	 * A statement that was made earlier does not pass {@link #delegate()} when it
	 * executes.
	 */
	@Override
	public boolean beforeExecution(boolean recreatable) {
		if (recreatable && mustLeaveReplica()) {
			return true;
		}
		this.used = true;
		return false;
	}

	final boolean inTransaction() throws SQLException {
		return this.lease != null && !this.leasedAutoCommit && (this.used || hasOpenStatement());
	}

	final boolean isOnPrimary() {
		Lease lease = this.lease;
		return lease != null && !lease.isOnReplica();
	}

	final TopologySnapshot snapshot() {
		return this.acquirer.snapshot();
	}

	@Override
	final @Nullable Connection leased() {
		Lease lease = this.lease;
		return (lease != null) ? lease.connection() : null;
	}

	@Override
	boolean forwardsClientInfo() {
		return this.lease != null || this.closed;
	}

	@Override
	void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLNonTransientConnectionException("The connection is closed", "08003");
		}
	}

	@Override
	public void close() throws SQLException {
		if (!this.closed) {
			this.closed = true;
			try {
				releaseDrained();
			}
			finally {
				release();
			}
		}
	}

	@Override
	public boolean isClosed() throws SQLException {
		Connection leased = leased();
		return this.closed || (leased != null && leased.isClosed());
	}

	/**
	 * May be called by another thread than the connection's own.
	 */
	@Override
	public void abort(Executor executor) throws SQLException {
		this.closed = true;
		DrainingConnection draining = this.draining;
		Lease lease = this.lease;
		try {
			if (draining != null) {
				draining.lease().abort(executor);
			}
		}
		finally {
			if (lease != null) {
				lease.abort(executor);
			}
		}
	}

}
