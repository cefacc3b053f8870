package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Answers "how is a member of a replication group asked?". Thread-safe.
 */
public interface GroupDialect extends Dialect {

	/**
	 * Ask a member how it sees its group.
	 * @param connection a connection to the member
	 * @return its view
	 * @throws SQLException if it does not answer, or the account may not ask
	 */
	GroupView group(Connection connection) throws SQLException;

	/**
	 * Ask a member how it keeps up with its group.
	 * @param connection a connection to the member
	 * @param group how it sees the group
	 * @return what it said, in the words of replication
	 * @throws SQLException if it does not answer, or the account may not ask
	 */
	ReplicationReport replication(Connection connection, GroupView group) throws SQLException;

}
