package com.foobar.routing.statement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement that returns the application's connection, as do its result sets: Spring,
 * for one, releases {@code statement.getConnection()} at the end of a stream, and would
 * close the connection of an active transaction if that were the pool's. Written by hand,
 * with its base class and subclasses, because a reflective proxy would cost each call an
 * array and a method lookup.
 * <p>
 * A plain statement that was created on a replica is created again on the primary when it
 * executes after its connection has moved there; a prepared one fails. For one thread at
 * a time.
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
	 * Wrap a plain statement.
	 * @param owner the connection that the application holds
	 * @param statement the statement of the pool
	 * @return the statement for the application
	 */
	public static StatementProxy<Statement> of(StatementOwner owner, Statement statement) {
		return new StatementProxy<>(owner, statement);
	}

	/**
	 * Wrap a result set that does not come from a statement of the application.
	 * @param owner the connection that the application holds
	 * @param rows the result set of the pool
	 * @return the result set for the application
	 * @throws SQLException if the result set is closed
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
	 * Declare that its owner no longer uses the connection on which this statement was
	 * created. Its open result sets can be read to the end.
	 * @return the statement of the pool
	 */
	public final Statement abandon() {
		this.abandoned = true;
		return this.delegate;
	}

	@Override
	final S toExecute() throws SQLException {
		boolean recreatable = canBeRecreated();
		if (this.abandoned || this.owner.beforeExecution(recreatable)) {
			if (!recreatable) {
				throw new SQLException(
						"The statement was made on a replica, while the connection was read-only, and the connection "
								+ "has gone on to the primary since. Make the statement again after setReadOnly(false).",
						"25006");
			}
			recreate();
		}
		return this.delegate;
	}

	boolean canBeRecreated() {
		return !this.batched;
	}

	@SuppressWarnings("unchecked")
	private void recreate() throws SQLException {
		S old = this.delegate;
		Statement fresh = this.owner.recreate(this, old.getResultSetType(), old.getResultSetConcurrency(),
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
		// A plain one replaces a plain one; others cannot be recreated.
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

	/** The object that the application holds. */
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
		this.owner.onClosed(this);
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
