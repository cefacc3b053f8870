package com.foobar.routing.connection;

import java.sql.SQLException;

/**
 * Hears what goes wrong with the connections of one pool. Called on the thread that met
 * the failure, which is a borrower's as often as the pool's: returns at once.
 * Thread-safe.
 */
public interface ConnectionFailures {

	/** Hears nothing. */
	ConnectionFailures IGNORED = new ConnectionFailures() {

		@Override
		public void couldNotOpen(SQLException failure) {
		}

		@Override
		public void broke(SQLException failure) {
		}

		@Override
		public void refusedWrite(SQLException failure) {
		}

	};

	/**
	 * A connection could not be opened.
	 * @param failure what the driver said
	 */
	void couldNotOpen(SQLException failure);

	/**
	 * A connection broke under a statement.
	 * @param failure what the driver said
	 */
	void broke(SQLException failure);

	/**
	 * The server refused a write because it is read-only, outside any read-only
	 * transaction: it was taken for the primary and is no longer.
	 * @param failure what the server said
	 */
	void refusedWrite(SQLException failure);

}
