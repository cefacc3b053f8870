package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Answers "how is a member of a replication group queried?". Thread-safe.
 */
public interface GroupDialect extends Dialect {

	/**
	 * Query how a member sees its group.
	 * @param connection a connection to the member
	 * @return its view
	 * @throws SQLException if the query fails, or the account lacks a privilege
	 */
	GroupView group(Connection connection) throws SQLException;

	/**
	 * Query how a member keeps up with its group.
	 * @param connection a connection to the member
	 * @param group how it sees the group
	 * @return its state, in terms of replication
	 * @throws SQLException if the query fails, or the account lacks a privilege
	 */
	ReplicationReport replication(Connection connection, GroupView group) throws SQLException;

}
