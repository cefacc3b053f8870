package com.foobar.routing.connection;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A replica's connection that its owner has left for the primary while some of its
 * statements are still being read. For one thread.
 *
 * @param lease the connection, outside any transaction
 * @param statements its statements
 */
record DrainingConnection(Lease lease, List<Statement> statements) {

	/** Return whether all statements are closed. */
	boolean isDrained() throws SQLException {
		for (Statement statement : this.statements) {
			if (!statement.isClosed()) {
				return false;
			}
		}
		return true;
	}

	/** Return the connection to its pool. */
	void release() throws SQLException {
		try (Lease lease = this.lease) {
			if (!lease.connection().isClosed()) {
				lease.finish();
			}
		}
	}

}
