package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.foobar.routing.physical.PhysicalConnection;

/**
 * A replica's connection that its borrower has left for the primary while some of its
 * statements are still being read. For one thread.
 *
 * @param connection the connection of the pool, outside any transaction
 * @param statements its statements
 */
record DrainingConnection(Connection connection, List<Statement> statements) {

	/** Whether nothing is read any more. */
	boolean isIdle() throws SQLException {
		for (Statement statement : this.statements) {
			if (!statement.isClosed()) {
				return false;
			}
		}
		return true;
	}

	/** Give it back to its pool. */
	void giveBack() throws SQLException {
		try (Connection connection = this.connection) {
			PhysicalConnection below = connection.isClosed() ? null : PhysicalConnection.below(connection);
			if (below != null) {
				below.finish();
			}
		}
	}

}
