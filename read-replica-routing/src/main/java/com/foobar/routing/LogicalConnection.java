package com.foobar.routing;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import com.foobar.routing.connection.DelegatingConnection;
import com.foobar.routing.connection.PhysicalConnection;

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
final class LogicalConnection extends DelegatingConnection {

	private static final int STATEMENTS_TO_PRUNE = 32;

	private final RoutingDataSource source;

	private boolean autoCommit;

	private boolean readOnly;

	private @Nullable Integer isolation;

	private @Nullable Integer holdability;

	private @Nullable String catalog;

	private @Nullable String schema;

	private @Nullable Integer networkTimeout;

	private @Nullable Executor networkTimeoutExecutor;

	private @Nullable Properties clientInfo;

	private @Nullable Connection physical;

	private @Nullable RoutingDecision decision;

	private boolean onReplica;

	/** The mode the borrowed connection was told. */
	private boolean physicalAutoCommit;

	/** Whether a statement was made since the last commit or rollback. */
	private boolean used;

	/** Those that may still be open, and so may still run without passing here. */
	private final List<Statement> statements = new ArrayList<>(4);

	private int pruneAt = STATEMENTS_TO_PRUNE;

	private boolean closed;

	LogicalConnection(RoutingDataSource source, boolean autoCommit) {
		this.source = source;
		this.autoCommit = autoCommit;
	}

	/**
	 * The borrowed connection, in the mode that was asked for, about to run something.
	 */
	@Override
	protected Connection delegate() throws SQLException {
		checkOpen();
		Connection connection = (this.physical != null) ? this.physical : borrow();
		if (this.physicalAutoCommit != this.autoCommit) {
			connection.setAutoCommit(this.autoCommit);
			this.physicalAutoCommit = this.autoCommit;
		}
		this.used = true;
		return connection;
	}

	private Connection borrow() throws SQLException {
		Intent intent = this.readOnly ? Intent.READ_ONLY : this.autoCommit ? Intent.AUTO_COMMIT : Intent.READ_WRITE;
		Borrowing.Borrowed borrowed = this.source.borrowing().borrow(intent, this.autoCommit);
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
		this.decision = borrowed.decision();
		this.physical = connection;
		this.onReplica = replica;
		this.used = false;
		return connection;
	}

	private void applySettings(Connection connection, boolean replica) throws SQLException {
		if (this.catalog != null) {
			connection.setCatalog(this.catalog);
		}
		if (this.schema != null) {
			connection.setSchema(this.schema);
		}
		if (this.holdability != null) {
			connection.setHoldability(this.holdability);
		}
		if (this.networkTimeout != null) {
			connection.setNetworkTimeout(Objects.requireNonNull(this.networkTimeoutExecutor), this.networkTimeout);
		}
		if (this.clientInfo != null) {
			connection.setClientInfo(this.clientInfo);
		}
		if (this.isolation != null && this.isolation != connection.getTransactionIsolation()) {
			connection.setTransactionIsolation(this.isolation);
		}
		if (this.readOnly && !(replica && this.source.replicasAreReadOnly())) {
			connection.setReadOnly(true);
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
		boolean inTransaction = inTransaction();
		try (connection) {
			if (!connection.isClosed()) {
				noteSeen();
			}
			this.physical = null;
			this.statements.clear();
			if (!inTransaction) {
				PhysicalConnection below = PhysicalConnection.below(connection);
				if (below != null) {
					below.finish();
				}
			}
		}
		finally {
			this.physical = null;
			tellReturned();
		}
	}

	private void tellReturned() {
		RoutingDecision decision = this.decision;
		this.decision = null;
		if (decision != null) {
			this.source.borrowing().returned(decision);
		}
	}

	private void noteSeen() throws SQLException {
		if (this.readOnly && this.used && this.physical != null) {
			this.source.noteSeen(this.physical, Objects.requireNonNull(this.decision).node());
		}
	}

	private void giveBackReplicaUnlessReadOnly() throws SQLException {
		if (this.onReplica && !this.readOnly && !inTransaction()) {
			giveBack();
		}
	}

	private boolean inTransaction() throws SQLException {
		return this.physical != null && !this.physicalAutoCommit && (this.used || hasOpenStatement());
	}

	private boolean hasOpenStatement() throws SQLException {
		for (Statement statement : this.statements) {
			if (!statement.isClosed()) {
				return true;
			}
		}
		this.statements.clear();
		return false;
	}

	private <S extends Statement> S track(S statement) throws SQLException {
		if (this.statements.size() == this.pruneAt) {
			List<Statement> open = new ArrayList<>();
			for (Statement candidate : this.statements) {
				if (!candidate.isClosed()) {
					open.add(candidate);
				}
			}
			this.statements.clear();
			this.statements.addAll(open);
			this.pruneAt = Math.max(STATEMENTS_TO_PRUNE, open.size() * 2);
		}
		this.statements.add(statement);
		return statement;
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
			return;
		}
		this.autoCommit = autoCommit;
		Connection connection = this.physical;
		if (connection == null) {
			return;
		}
		// Switching on ends an open transaction, and a statement made earlier must find
		// the
		// new mode. Otherwise the next statement brings the change with it, if it comes.
		boolean now = autoCommit ? inTransaction() : hasOpenStatement();
		if (now && this.physicalAutoCommit != autoCommit) {
			connection.setAutoCommit(autoCommit);
			this.physicalAutoCommit = autoCommit;
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
		// hide
		// the failure that broke it.
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
			giveBack();
		}
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.closed || (this.physical != null && this.physical.isClosed());
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		this.closed = true;
		Connection connection = this.physical;
		this.physical = null;
		if (connection != null) {
			tellReturned();
			connection.abort(executor);
			connection.close();
		}
	}

	/**
	 * Before a server is chosen the answer is what the monitor knows, since choosing one
	 * now, when the transaction has not said yet what it is, would choose the wrong one.
	 */
	@Override
	public boolean isValid(int timeout) throws SQLException {
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
		this.readOnly = readOnly;
		if (this.physical != null && !this.onReplica) {
			this.physical.setReadOnly(readOnly);
		}
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
		this.isolation = level;
		if (this.physical != null) {
			this.physical.setTransactionIsolation(level);
		}
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		checkOpen();
		return (this.isolation != null) ? this.isolation : this.source.defaults().isolation();
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		checkOpen();
		this.holdability = holdability;
		if (this.physical != null) {
			this.physical.setHoldability(holdability);
		}
	}

	@Override
	public int getHoldability() throws SQLException {
		checkOpen();
		return (this.holdability != null) ? this.holdability : this.source.defaults().holdability();
	}

	@Override
	public void setCatalog(@Nullable String catalog) throws SQLException {
		checkOpen();
		this.catalog = catalog;
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
		return (this.catalog != null) ? this.catalog : this.source.defaults().catalog();
	}

	@Override
	public void setSchema(@Nullable String schema) throws SQLException {
		checkOpen();
		this.schema = schema;
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
		return (this.schema != null) ? this.schema : this.source.defaults().schema();
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		checkOpen();
		this.networkTimeoutExecutor = executor;
		this.networkTimeout = milliseconds;
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
		return (this.networkTimeout != null) ? this.networkTimeout : 0;
	}

	@Override
	public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
		if (this.physical != null) {
			super.setClientInfo(name, value);
			return;
		}
		Properties properties = (this.clientInfo != null) ? this.clientInfo : new Properties();
		if (value != null) {
			properties.setProperty(name, value);
		}
		else {
			properties.remove(name);
		}
		this.clientInfo = properties;
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		if (this.physical != null) {
			super.setClientInfo(properties);
			return;
		}
		this.clientInfo = new Properties();
		this.clientInfo.putAll(properties);
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
		return (this.physical != null) ? delegate().getMetaData() : LazyMetaData.of(this, this.source);
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
		return Boolean.TRUE.equals(this.source.fact(type, (connection) -> connection.isWrapperFor(type)));
	}

	@Override
	public Statement createStatement() throws SQLException {
		return track(super.createStatement());
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency) throws SQLException {
		return track(super.createStatement(resultSetType, resultSetConcurrency));
	}

	@Override
	public Statement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
			throws SQLException {
		return track(super.createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return track(super.prepareStatement(sql));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
			throws SQLException {
		return track(super.prepareStatement(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return track(super.prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
		return track(super.prepareStatement(sql, autoGeneratedKeys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
		return track(super.prepareStatement(sql, columnIndexes));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
		return track(super.prepareStatement(sql, columnNames));
	}

	@Override
	public CallableStatement prepareCall(String sql) throws SQLException {
		return track(super.prepareCall(sql));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency) throws SQLException {
		return track(super.prepareCall(sql, resultSetType, resultSetConcurrency));
	}

	@Override
	public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException {
		return track(super.prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
	}

	@Override
	public String toString() {
		return (this.physical != null) ? this.physical.toString() : "connection not opened yet";
	}

}
