package com.foobar.routing.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The connection that the application holds, as its statements see it: they return it
 * from {@code getConnection()}, and it decides on which pooled connection they execute.
 */
public interface StatementOwner extends Connection {

	/**
	 * Called before a statement executes.
	 * @param recreatable whether it could be created again on another connection
	 * @return whether it must be, since it was created on a connection that must not
	 * serve it any more
	 */
	boolean beforeExecution(boolean recreatable);

	/**
	 * Create the statement of the pool again, on the connection that serves the next
	 * statements.
	 * @param statement the statement of the application, which stays
	 * @param resultSetType as in {@link #createStatement(int, int, int)}
	 * @param resultSetConcurrency as in {@link #createStatement(int, int, int)}
	 * @param resultSetHoldability as in {@link #createStatement(int, int, int)}
	 * @return the statement of the pool
	 * @throws SQLException if it cannot be created
	 */
	Statement recreate(StatementProxy<?> statement, int resultSetType, int resultSetConcurrency,
			int resultSetHoldability) throws SQLException;

	/**
	 * Called after the application has closed a statement.
	 * @param statement the statement
	 */
	void onClosed(StatementProxy<?> statement);

}
