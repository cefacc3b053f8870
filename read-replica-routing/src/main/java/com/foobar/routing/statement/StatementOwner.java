package com.foobar.routing.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The connection that the application holds, as its statements know it: where they lead
 * back to, and who says on which connection of the pools they execute.
 */
public interface StatementOwner extends Connection {

	/**
	 * Hear that a statement is about to execute.
	 * @param renewable whether it could be made anew on another connection
	 * @return whether it must be, since the connection that it was made on is of no use
	 * for what follows
	 */
	boolean executing(boolean renewable);

	/**
	 * Make a statement on the connection that what follows belongs to.
	 * @param statement what the application holds, and will go on holding
	 * @param resultSetType as in {@link #createStatement(int, int, int)}
	 * @param resultSetConcurrency as in {@link #createStatement(int, int, int)}
	 * @param resultSetHoldability as in {@link #createStatement(int, int, int)}
	 * @return the statement of the pool
	 * @throws SQLException if it cannot be made
	 */
	Statement renew(StatementProxy<?> statement, int resultSetType, int resultSetConcurrency, int resultSetHoldability)
			throws SQLException;

	/**
	 * Hear that the application has closed a statement.
	 * @param statement the statement
	 */
	void closed(StatementProxy<?> statement);

}
