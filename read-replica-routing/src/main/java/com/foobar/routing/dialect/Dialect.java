package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Answers "how is this kind of server asked?". Stateless and thread-safe.
 */
public interface Dialect {

	/**
	 * Ask a replica how its replication goes.
	 * @param connection a connection to the replica
	 * @return what it said; of several sources the worst
	 * @throws SQLException if it does not answer, or the account may not ask
	 */
	ReplicationReport replication(Connection connection) throws SQLException;

	/**
	 * Ask a server whether it refuses writes.
	 * @param connection a connection to the server
	 * @return whether it is read-only
	 * @throws SQLException if it does not answer
	 */
	default boolean isReadOnly(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@global.read_only")) {
			row.next();
			String value = row.getString(1).toUpperCase(Locale.ROOT);
			return !value.equals("0") && !value.equals("OFF");
		}
	}

	/**
	 * Find the dialect of a server. It is asked for its version, since the URL does not
	 * tell: Connector/J speaks to MariaDB too.
	 * @param connection a connection to the server
	 * @return the dialect
	 * @throws SQLException if the server does not answer
	 */
	static Dialect of(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@version")) {
			row.next();
			return row.getString(1).contains("MariaDB") ? new MariaDbDialect() : new MySqlDialect();
		}
	}

}
