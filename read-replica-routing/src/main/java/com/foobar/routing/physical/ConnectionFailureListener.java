package com.foobar.routing.physical;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/**
 * Hears what goes wrong with the connections of one pool. Called on the thread that met
 * the failure, which is a borrower's as often as the pool's: returns at once.
 * Thread-safe.
 */
public interface ConnectionFailureListener {

	/** Causes may go round in a circle. */
	int MAX_DEPTH = 10;

	/** Hears nothing. */
	ConnectionFailureListener IGNORED = new ConnectionFailureListener() {

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
	 * Whether the driver waited longer than it was allowed to (socketTimeout). That says
	 * nothing about the server: it may be busy with just this statement.
	 * @param failure what the driver said
	 * @return whether it waited in vain
	 */
	static boolean isTimeout(SQLException failure) {
		Throwable cause = failure.getCause();
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof SocketTimeoutException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

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
