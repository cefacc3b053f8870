package com.foobar.routing.statement;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that returns the application's connection. For one thread at a
 * time.
 *
 * @param <S> what kind of statement
 */
public class PreparedStatementProxy<S extends PreparedStatement> extends StatementParameters<S> {

	/**
	 * Wrap a statement.
	 * @param owner the connection that the application holds
	 * @param delegate the statement of the pool
	 */
	public PreparedStatementProxy(StatementOwner owner, S delegate) {
		super(owner, delegate);
	}

	/** Only the driver has its parameters. */
	@Override
	boolean canBeRecreated() {
		return false;
	}

	@Override
	public ResultSet executeQuery() throws SQLException {
		return proxy(toExecute().executeQuery());
	}

	@Override
	public void addBatch() throws SQLException {
		this.delegate.addBatch();
	}

	@Override
	public boolean execute() throws SQLException {
		return toExecute().execute();
	}

	@Override
	public long executeLargeUpdate() throws SQLException {
		return toExecute().executeLargeUpdate();
	}

	@Override
	public int executeUpdate() throws SQLException {
		return toExecute().executeUpdate();
	}

	@Override
	public @Nullable ResultSetMetaData getMetaData() throws SQLException {
		return this.delegate.getMetaData();
	}

}
