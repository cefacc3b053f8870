package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers "how is this kind of server queried?". Stateless and thread-safe.
 */
public interface Dialect {

	/** ER_UNKNOWN_SYSTEM_VARIABLE, from servers that only share the protocol. */
	int UNKNOWN_VARIABLE = 1193;

	/**
	 * Query the replication state of a replica.
	 * @param connection a connection to the replica
	 * @return its state; with several sources, that of the worst
	 * @throws SQLException if the query fails, or the account lacks a privilege
	 */
	ReplicationReport replication(Connection connection) throws SQLException;

	/**
	 * Query whether a server refuses writes.
	 * @param connection a connection to the server
	 * @return whether it is read-only
	 * @throws SQLException if the query fails
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
	 * Query which transactions a server has executed.
	 * @param connection a connection to the server
	 * @return the transactions; none if the server has no GTIDs
	 * @throws SQLException if the query fails
	 */
	default GtidSet executed(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@global." + executedVariable())) {
			row.next();
			String value = row.getString(1);
			return GtidSet.parse((value != null) ? value : "");
		}
	}

	/**
	 * Query the identity of the server of a connection, since one address may lead to
	 * several servers.
	 * @param connection a connection to the server
	 * @return an identity that is unique among the servers of a replication, or
	 * {@code null} if this kind of server has none
	 * @throws SQLException if the query fails
	 */
	default @Nullable String server(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@global." + serverVariable())) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == UNKNOWN_VARIABLE) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * The system variable with the identity of a server.
	 * @return its name
	 */
	String serverVariable();

	/**
	 * The system variable with the transactions that a server has executed.
	 * @return its name
	 */
	String executedVariable();

	/**
	 * The statement that makes a session report the GTID of each commit in the response
	 * to the commit.
	 * @return the statement
	 */
	String trackCommits();

	/**
	 * The statement that makes a session report, in the response to each statement,
	 * changes of the default database, the auto-commit mode, and the isolation level and
	 * access mode of transactions.
	 * @return the statement
	 */
	default String trackSession() {
		StringBuilder names = new StringBuilder("CONCAT_WS(',', NULLIF(@@session_track_system_variables, '')");
		for (String name : sessionVariables()) {
			// Servers refuse a name that is listed already.
			names.append(", IF(FIND_IN_SET('")
				.append(name)
				.append("', @@session_track_system_variables), NULL, '")
				.append(name)
				.append("')");
		}
		return "SET SESSION session_track_schema=ON, session_track_system_variables="
				+ "IF(@@session_track_system_variables = '*', '*', " + names + "))";
	}

	/**
	 * The system variables with the auto-commit mode, and with the isolation level and
	 * the access mode of transactions.
	 * @return their names
	 */
	default List<String> sessionVariables() {
		return List.of("autocommit", "transaction_isolation", "transaction_read_only");
	}

	/**
	 * Find the dialect of a server by the version that it reports on connecting. The URL
	 * does not suffice, since Connector/J connects to MariaDB too.
	 * @param connection a connection to the server
	 * @return the dialect
	 * @throws SQLException if the version cannot be read
	 */
	static Dialect of(Connection connection) throws SQLException {
		String version = connection.getMetaData().getDatabaseProductVersion();
		return (version != null && version.contains("MariaDB")) ? new MariaDbDialect() : new MySqlDialect();
	}

}
