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
 * Answers "how is this kind of server asked?". Stateless and thread-safe.
 */
public interface Dialect {

	/** ER_UNKNOWN_SYSTEM_VARIABLE, of servers that speak the protocol only. */
	int UNKNOWN_VARIABLE = 1193;

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
	 * Ask a server which transactions it has executed.
	 * @param connection a connection to the server
	 * @return the transactions; none if the server does not number them
	 * @throws SQLException if it does not answer
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
	 * Ask which server a connection leads to: its address may lead to several.
	 * @param connection a connection to the server
	 * @return an identity that no other server of the same replication has, or
	 * {@code null} if this kind of server has none
	 * @throws SQLException if it does not answer
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
	 * The system variable with what a server has executed.
	 * @return its name
	 */
	String executedVariable();

	/**
	 * The statement after which a session tells the identifier of each of its commits, in
	 * the answer to the commit itself.
	 * @return the statement
	 */
	String trackCommits();

	/**
	 * The statement after which a session tells, in the response to a statement, what
	 * that has changed in it: the default database, the auto-commit mode, and how
	 * transactions are isolated and whether they may write.
	 * @return the statement
	 */
	default String trackSession() {
		StringBuilder names = new StringBuilder("CONCAT_WS(',', NULLIF(@@session_track_system_variables, '')");
		for (String name : sessionVariables()) {
			// Servers refuse a name that is there already.
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
	 * Find the dialect of a server by the version it told when it was connected to, since
	 * the URL does not tell: Connector/J speaks to MariaDB too.
	 * @param connection a connection to the server
	 * @return the dialect
	 * @throws SQLException if the server does not answer
	 */
	static Dialect of(Connection connection) throws SQLException {
		String version = connection.getMetaData().getDatabaseProductVersion();
		return (version != null && version.contains("MariaDB")) ? new MariaDbDialect() : new MySqlDialect();
	}

}
