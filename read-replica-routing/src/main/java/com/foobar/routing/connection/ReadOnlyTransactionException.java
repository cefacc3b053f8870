package com.foobar.routing.connection;

import java.sql.SQLException;

/**
 * A statement that writes ran in a read-only transaction and was refused. Has the
 * SQLState and the error code of what it explains, which is its cause.
 */
public final class ReadOnlyTransactionException extends SQLException {

	private static final long serialVersionUID = 1L;

	/**
	 * Explain a failure.
	 * @param message what happened and what to change
	 * @param failure what the driver or the server said
	 */
	public ReadOnlyTransactionException(String message, SQLException failure) {
		super(message, failure.getSQLState(), failure.getErrorCode(), failure);
	}

}
