package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.physical.PhysicalConnection;
import com.foobar.routing.router.Intent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds: a connection that borrows one from a pool when the first
 * statement is made, and not before. Until then settings are noted, questions are
 * answered from what is known, and commit, rollback and close cost nothing.
 * <p>
 * A borrowed connection is kept until this one is closed, since the session on the server
 * may hold locks or temporary tables that the application counts on. There is one
 * exception: a replica is given back as soon as the connection is no longer read-only and
 * no transaction is open, so that a session that began with a read (open session in view)
 * can write later. The way back, from the primary to a replica, is not taken.
 * <p>
 * As thread-safe as a connection is: for one thread at a time.
 */
final class LazyConnection extends StatementTrackingConnection {

	private static final Log logger = LogFactory.getLog(RoutingDataSource.class);

	private final RoutingDataSource source;

	private boolean autoCommit;

	private boolean readOnly;

	private boolean readOnlyAsked;

	private final ConnectionSettings settings = new ConnectionSettings();

	/** Read by whoever aborts, on another thread, as are the next and {@link #closed}. */
	private volatile @Nullable Connection physical;

	/** The replica's that came before, until its statements are closed. */
	private volatile @Nullable DrainingConnection left;

	/** Where it was borrowed. Whoever takes it from here gives the place back. */
	private final AtomicReference<@Nullable RoutingDecision> decision = new AtomicReference<>();

	private boolean onReplica;

	/** The mode the borrowed connection was told. */
	private boolean physicalAutoCommit;

	/** Whether a statement was made since the last commit or rollback. */
	private boolean used;

	private volatile boolean closed;

	LazyConnection(RoutingDataSource source, boolean autoCommit) {
		this.source = source;
		this.autoCommit = autoCommit;
	}

	/**
	 * The borrowed connection, in the mode that was asked for, about to run something.
	 */
	@Override
	protected Connection delegate() throws SQLException {
		checkOpen();
		if (this.onReplica && isLeaving()) {
			leave();
		}
		if (this.left != null && this.left.isIdle()) {
			giveBackLeft();
		}
		Connection connection = (this.physical != null) ? this.physical : borrow();
		if (this.physicalAutoCommit != this.autoCommit) {
			connection.setAutoCommit(this.autoCommit);
			this.physicalAutoCommit = this.autoCommit;
		}
		this.used = true;
		return connection;
	}

	private Connection borrow() throws SQLException {
		Intent intent = this.readOnly ? this.source.readIntent()
				: this.autoCommit ? Intent.AUTO_COMMIT : Intent.READ_WRITE;
		ConnectionAcquirer.Borrowed borrowed = this.source.borrowing().borrow(intent, this.autoCommit);
		Connection connection = borrowed.connection();
		boolean replica = borrowed.decision().node().role() == DatabaseNode.Role.REPLICA;
		try {
			applySettings(connection, replica);
			this.physicalAutoCommit = connection.getAutoCommit();
		}
		catch (SQLException | RuntimeException ex) {
			close(connection, ex);
			this.source.borrowing().returned(borrowed.decision());
			throw ex;
		}
		this.decision.set(borrowed.decision());
		this.onReplica = replica;
		this.used = false;
		this.physical = connection;
		if (this.closed) {
			// Aborted while the pool was waited for: whoever did it may not have seen the
			// connection, which must not stay away from its pool.
			giveBack();
			checkOpen();
		}
		return connection;
	}

	private void applySettings(Connection connection, boolean replica) throws SQLException {
		this.settings.applyTo(connection);
		if (this.readOnlyAsked && !(replica && this.source.replicasAreReadOnly())) {
			connection.setReadOnly(this.readOnly);
		}
	}

	static void close(Connection connection, Exception cause) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private void giveBack() throws SQLException {
		Connection connection = this.physical;
		if (connection == null) {
			return;
		}
		try (connection) {
			// One that broke cannot be asked anything, and its pool knows already.
			if (!connection.isClosed()) {
				boolean inTransaction = inTransaction();
				noteSeen();
				PhysicalConnection below = inTransaction ? null : PhysicalConnection.below(connection);
				if (below != null) {
					below.finish();
				}
			}
		}
		finally {
			this.physical = null;
			forgetStatements();
			tellReturned();
		}
	}

	/** Once, even if another thread aborts the connection while its owner closes it. */
	private void tellReturned() {
		RoutingDecision decision = this.decision.getAndSet(null);
		if (decision != null) {
			this.source.borrowing().returned(decision);
		}
	}

	private void noteSeen() throws SQLException {
		RoutingDecision decision = this.decision.get();
		if (this.readOnly && this.used && this.physical != null && decision != null) {
			this.source.noteSeen(this.physical, decision.node());
		}
	}

	private void giveBackReplicaUnlessReadOnly() throws SQLException {
		if (isLeaving() && !hasOpenStatement()) {
			giveBack();
		}
	}

	/** Whether what follows belongs to the primary. */
	private boolean isLeaving() {
		return this.onReplica && !this.readOnly && this.physical != null && (this.physicalAutoCommit || !this.used);
	}

	/** Go on to the primary, and leave to the statements what they are reading. */
	private void leave() throws SQLException {
		if (!hasOpenStatement()) {
			giveBack();
			return;
		}
		this.left = new DrainingConnection(Objects.requireNonNull(this.physical), abandonStatements());
		this.physical = null;
		this.onReplica = false;
		tellReturned();
	}

	private void giveBackLeft() throws SQLException {
		DrainingConnection connection = this.left;
		this.left = null;
		if (connection != null) {
			connection.giveBack();
		}
	}

	/**
	 * A statement that was made earlier does not pass {@link #delegate()} when it
	 * executes.
	 */
	@Override
	public boolean executing(boolean renewable) {
		if (renewable && isLeaving()) {
			return true;
		}
		this.used = true;
		return false;
	}

	private boolean inTransaction() throws SQLException {
		return this.physical != null && !this.physicalAutoCommit && (this.used || hasOpenStatement());
	}

	private void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLNonTransientConnectionException("The connection is closed", "08003");
		}
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		checkOpen();
		if (this.autoCommit == autoCommit) {
			if (this.physical != null && this.physicalAutoCommit == autoCommit) {
				// The application may have changed the mode by SQL.
				this.physical.setAutoCommit(autoCommit);
			}
			return;
		}
		this.autoCommit = autoCommit;
		Connection connection = this.physical;
		if (connection == null) {
			return;
		}
		// Switching on ends an open transaction, and a statement made earlier must find
		// the new mode. Otherwise the next statement brings the change with it, if it
		// comes.
		boolean now = autoCommit ? inTransaction() : hasOpenStatement();
		if (now && this.physicalAutoCommit != autoCommit) {
			connection.setAutoCommit(autoCommit);
			this.physicalAutoCommit = autoCommit;
			noteSeen();
		}
		this.used = false;
		giveBackReplicaUnlessReadOnly();
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
			Objects.requireNonNull(this.physical).commit();
			noteSeen();
			this.used = false;
			giveBackReplicaUnlessReadOnly();
		}
	}

	@Override
	public void rollback() throws SQLException {
		checkOpen();
		// A connection that broke has rolled back already; complaining about it would
		// hide the failure that broke it.
		if (inTransaction() && !Objects.requireNonNull(this.physical).isClosed()) {
			this.physical.rollback();
			noteSeen();
		}
		this.used = false;
		giveBackReplicaUnlessReadOnly();
	}

	@Override
	public void close() throws SQLException {
		if (!this.closed) {
			this.closed = true;
			try {
				giveBackLeft();
			}
			finally {
				giveBack();
			}
		}
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.closed || (this.physical != null && this.physical.isClosed());
	}

	/**
	 * May be called by another thread than the connection's own.
	 */
	@Override
	public void abort(Executor executor) throws SQLException {
		this.closed = true;
		DrainingConnection left = this.left;
		Connection connection = this.physical;
		try {
			if (left != null) {
				abort(left.connection(), executor);
			}
		}
		finally {
			if (connection != null) {
				abort(connection, executor);
			}
		}
	}

	private void abort(Connection connection, Executor executor) throws SQLException {
		try {
			connection.abort(executor);
		}
		finally {
			tellReturned();
			closeAborted(connection);
		}
	}

	/** The pool learns that the connection is of no use, and cannot be told gently. */
	private static void closeAborted(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.trace("An aborted connection could not be closed in peace", ex);
		}
	}

	/**
	 * Before a server is chosen the answer is what the monitor knows, since choosing one
	 * now, when the transaction has not said yet what it is, would choose the wrong one.
	 */
	@Override
	public boolean isValid(int timeout) throws SQLException {
		if (timeout < 0) {
			throw new SQLException("The timeout is " + timeout + " s; expected zero, for none, or more", "HY024");
		}
		if (this.closed) {
			return false;
		}
		if (this.physical != null) {
			return this.physical.isValid(timeout);
		}
		TopologySnapshot snapshot = this.source.topology().snapshot();
		return this.readOnly ? snapshot.canRead() : snapshot.primary().isReachable();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		checkOpen();
		if (this.physical != null && !this.onReplica) {
			this.physical.setReadOnly(readOnly);
		}
		this.readOnly = readOnly;
		this.readOnlyAsked = true;
		giveBackReplicaUnlessReadOnly();
	}

	/**
	 * False until told otherwise: {@code DataSourceTransactionManager} remembers the
	 * answer of its first connection, and would never again say that a transaction is
	 * read-only if it were true.
	 */
	@Override
	public boolean isReadOnly() throws SQLException {
		checkOpen();
		return this.readOnly;
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		checkOpen();
		this.settings.isolation = level;
		if (this.physical != null) {
			this.physical.setTransactionIsolation(level);
		}
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		checkOpen();
		if (this.physical != null) {
			return this.physical.getTransactionIsolation();
		}
		int isolation = (this.settings.isolation != null) ? this.settings.isolation
				: this.source.facts().defaults().isolation();
		// Whoever was told a level counts on it, also on a connection whose last borrower
		// has changed its level by SQL.
		this.settings.isolation = isolation;
		return isolation;
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		checkOpen();
		this.settings.holdability = holdability;
		if (this.physical != null) {
			this.physical.setHoldability(holdability);
		}
	}

	@Override
	public int getHoldability() throws SQLException {
		checkOpen();
		return (this.settings.holdability != null) ? this.settings.holdability
				: this.source.facts().defaults().holdability();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		checkOpen();
		this.settings.catalog = catalog;
		if (this.physical != null) {
			this.physical.setCatalog(catalog);
		}
	}

	@Override
	public @Nullable String getCatalog() throws SQLException {
		checkOpen();
		if (this.physical != null) {
			return this.physical.getCatalog();
		}
		return (this.settings.catalog != null) ? this.settings.catalog : this.source.facts().defaults().catalog();
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		checkOpen();
		this.settings.schema = schema;
		if (this.physical != null) {
			this.physical.setSchema(schema);
		}
	}

	@Override
	public @Nullable String getSchema() throws SQLException {
		checkOpen();
		if (this.physical != null) {
			return this.physical.getSchema();
		}
		return (this.settings.schema != null) ? this.settings.schema : this.source.facts().defaults().schema();
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		checkOpen();
		this.settings.networkTimeout = new ConnectionSettings.NetworkTimeout(executor, milliseconds);
		if (this.physical != null) {
			this.physical.setNetworkTimeout(executor, milliseconds);
		}
	}

	@Override
	public int getNetworkTimeout() throws SQLException {
		checkOpen();
		if (this.physical != null) {
			return this.physical.getNetworkTimeout();
		}
		return (this.settings.networkTimeout != null) ? this.settings.networkTimeout.milliseconds() : 0;
	}

	@Override
	public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
		if (this.physical != null || this.closed) {
			super.setClientInfo(name, value);
			return;
		}
		this.settings.clientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		if (this.physical != null || this.closed) {
			super.setClientInfo(properties);
			return;
		}
		this.settings.clientInfo(properties);
	}

	@Override
	public @Nullable String getClientInfo(String name) throws SQLException {
		checkOpen();
		return (this.physical != null) ? this.physical.getClientInfo(name)
				: this.settings.clientInfo().getProperty(name);
	}

	@Override
	public Properties getClientInfo() throws SQLException {
		checkOpen();
		return (this.physical != null) ? this.physical.getClientInfo() : this.settings.clientInfo();
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		checkOpen();
		return (this.physical != null) ? this.physical.getWarnings() : null;
	}

	@Override
	public void clearWarnings() throws SQLException {
		checkOpen();
		if (this.physical != null) {
			this.physical.clearWarnings();
		}
	}

	@Override
	public Map<String, Class<?>> getTypeMap() throws SQLException {
		checkOpen();
		return (this.physical != null) ? this.physical.getTypeMap() : Map.of();
	}

	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		checkOpen();
		return LazyMetaData.of(this, this.source);
	}

	/** Whether a server was chosen. */
	boolean isBound() {
		return this.physical != null;
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : delegate().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		if (type.isInstance(this)) {
			return true;
		}
		if (this.physical != null) {
			return this.physical.isWrapperFor(type);
		}
		return Boolean.TRUE.equals(this.source.facts().fact(type, (connection) -> connection.isWrapperFor(type)));
	}

	@Override
	public String toString() {
		return (this.physical != null) ? this.physical.toString() : "connection not opened yet";
	}

}
