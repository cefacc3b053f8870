package com.foobar.routing.statement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement that leads back to the connection that the application holds, and its
 * result sets likewise: Spring, for one, releases {@code statement.getConnection()} at
 * the end of a stream, and would close the connection of a transaction under way if that
 * were the pool's. Written by hand, with the types below and above, because a reflective
 * proxy would cost each call of the hot path an array and a method look-up.
 * <p>
 * A plain statement that was made on a replica moves with its connection to the primary
 * at its next execution; a prepared one cannot, and is refused once that has happened.
 * For one thread at a time.
 *
 * @param <S> what kind of statement
 */
public class StatementProxy<S extends Statement> extends DelegatingStatement<S> {

	private final StatementOwner owner;

	/** Links the statements of the owner, so that it needs no list of them. */
	private @Nullable StatementProxy<?> previous;

	private @Nullable ResultSetProxy current;

	private boolean abandoned;

	private boolean batched;

	/** Whether the next field was set: the driver does not report it. */
	private boolean escapesSet;

	private boolean escapes;

	StatementProxy(StatementOwner owner, S delegate) {
		super(delegate);
		this.owner = owner;
	}

	/**
	 * Stand before a plain statement.
	 * @param owner the connection that the application holds
	 * @param statement the statement of the pool
	 * @return the statement for the application
	 */
	public static StatementProxy<Statement> of(StatementOwner owner, Statement statement) {
		return new StatementProxy<>(owner, statement);
	}

	/**
	 * Stand before a result set that the application has not asked a statement for.
	 * @param owner the connection that the application holds
	 * @param rows the result set of the pool
	 * @return the result set for the application
	 * @throws SQLException if it does not tell its statement
	 */
	public static ResultSet of(StatementOwner owner, ResultSet rows) throws SQLException {
		Statement statement = rows.getStatement();
		return new ResultSetProxy(rows, (statement != null) ? of(owner, statement) : null);
	}

	/**
	 * Return the statement that its owner made before this one, among those that may
	 * still run.
	 * @return the statement, {@code null} if there is none
	 */
	public final @Nullable StatementProxy<?> previous() {
		return this.previous;
	}

	/**
	 * Set the statement that its owner made before this one.
	 * @param previous the statement, {@code null} if there is none
	 */
	public final void setPrevious(@Nullable StatementProxy<?> previous) {
		this.previous = previous;
	}

	/**
	 * Declare that the connection that this statement was made on is no longer the one
	 * that its owner uses. What it has read can be read to its end.
	 * @return the statement of the pool
	 */
	public final Statement abandon() {
		this.abandoned = true;
		return this.delegate;
	}

	@Override
	final S toExecute() throws SQLException {
		boolean renewable = isRenewable();
		if (this.abandoned || this.owner.executing(renewable)) {
			if (!renewable) {
				throw new SQLException(
						"The statement was made on a replica, while the connection was read-only, and the connection "
								+ "has gone on to the primary since. Make the statement again after setReadOnly(false).",
						"25006");
			}
			renew();
		}
		return this.delegate;
	}

	boolean isRenewable() {
		return !this.batched;
	}

	@SuppressWarnings("unchecked")
	private void renew() throws SQLException {
		S old = this.delegate;
		Statement fresh = this.owner.renew(this, old.getResultSetType(), old.getResultSetConcurrency(),
				old.getResultSetHoldability());
		try (old) {
			fresh.setMaxRows(old.getMaxRows());
			fresh.setMaxFieldSize(old.getMaxFieldSize());
			fresh.setQueryTimeout(old.getQueryTimeout());
			fresh.setFetchSize(old.getFetchSize());
			fresh.setFetchDirection(old.getFetchDirection());
			fresh.setPoolable(old.isPoolable());
			if (this.escapesSet) {
				fresh.setEscapeProcessing(this.escapes);
			}
			if (old.isCloseOnCompletion()) {
				fresh.closeOnCompletion();
			}
		}
		// A plain one replaces a plain one; the others are not renewable.
		this.delegate = (S) fresh;
		this.abandoned = false;
	}

	@Override
	public final Connection getConnection() {
		return this.owner;
	}

	@Override
	public final ResultSet executeQuery(String sql) throws SQLException {
		return proxy(toExecute().executeQuery(sql));
	}

	@Override
	public final @Nullable ResultSet getResultSet() throws SQLException {
		ResultSet rows = this.delegate.getResultSet();
		ResultSetProxy known = this.current;
		if (rows == null || (known != null && known.delegate == rows)) {
			return (rows != null) ? known : null;
		}
		ResultSetProxy proxy = proxy(rows);
		this.current = proxy;
		return proxy;
	}

	@Override
	public final ResultSet getGeneratedKeys() throws SQLException {
		return proxy(this.delegate.getGeneratedKeys());
	}

	final ResultSetProxy proxy(ResultSet rows) {
		return new ResultSetProxy(rows, self());
	}

	/** What the application holds in place of this statement. */
	Statement self() {
		return this;
	}

	@Override
	public final void addBatch(String sql) throws SQLException {
		toExecute().addBatch(sql);
		this.batched = true;
	}

	@Override
	public final void clearBatch() throws SQLException {
		this.delegate.clearBatch();
		this.batched = false;
	}

	@Override
	public final int[] executeBatch() throws SQLException {
		int[] counts = super.executeBatch();
		this.batched = false;
		return counts;
	}

	@Override
	public final long[] executeLargeBatch() throws SQLException {
		long[] counts = super.executeLargeBatch();
		this.batched = false;
		return counts;
	}

	@Override
	public final void setEscapeProcessing(boolean enable) throws SQLException {
		this.delegate.setEscapeProcessing(enable);
		this.escapes = enable;
		this.escapesSet = true;
	}

	@Override
	public final void close() throws SQLException {
		this.delegate.close();
		this.owner.closed(this);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(self()) ? type.cast(self()) : this.delegate.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(self()) || this.delegate.isWrapperFor(type);
	}

	@Override
	public final String toString() {
		return this.delegate.toString();
	}

}
