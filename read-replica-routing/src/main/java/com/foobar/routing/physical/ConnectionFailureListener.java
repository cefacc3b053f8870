package com.foobar.routing.physical;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/**
 * Receives the failures of the connections of one pool, on the thread that met the
 * failure, a borrower's or the pool's. Must not block. Thread-safe.
 */
public interface ConnectionFailureListener {

	/** Causes may form a cycle. */
	int MAX_DEPTH = 10;

	/** Ignores all failures. */
	ConnectionFailureListener IGNORED = new ConnectionFailureListener() {

		@Override
		public void onOpenFailed(SQLException failure) {
		}

		@Override
		public void onBroken(SQLException failure) {
		}

		@Override
		public void onRefusedWrite(SQLException failure) {
		}

	};

	/**
	 * Return whether the driver's socketTimeout has expired. That proves nothing about
	 * the server, which may still execute the statement.
	 * @param failure the driver's exception
	 * @return whether it is a timeout
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
	 * @param failure the driver's exception
	 */
	void onOpenFailed(SQLException failure);

	/**
	 * A connection broke during a statement.
	 * @param failure the driver's exception
	 */
	void onBroken(SQLException failure);

	/**
	 * The server rejected a write because it is read-only, outside a read-only
	 * transaction: it was the primary and is no longer.
	 * @param failure the server's error
	 */
	void onRefusedWrite(SQLException failure);

}
