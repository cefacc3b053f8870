package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a fresh connection, which a connection that is not open yet reports.
 *
 * @param isolation transaction isolation level
 * @param holdability holdability of result sets
 * @param catalog catalog, which for MySQL is the database
 * @param schema schema
 */
record ConnectionDefaults(int isolation, int holdability, @Nullable String catalog, @Nullable String schema) {

	static ConnectionDefaults of(Connection connection) throws SQLException {
		return new ConnectionDefaults(connection.getTransactionIsolation(), connection.getHoldability(),
				connection.getCatalog(), connection.getSchema());
	}

}
