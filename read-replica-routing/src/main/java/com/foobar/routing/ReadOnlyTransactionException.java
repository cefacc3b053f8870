package com.foobar.routing;

import java.sql.SQLException;

/**
 * A statement that writes was rejected in a read-only transaction. The same on every
 * server: if a server rejected the statement, the SQLState is 25006 and the error code
 * 1792, whatever the server reported; if the driver did, they are the driver's. The cause
 * is the original exception.
 */
public final class ReadOnlyTransactionException extends SQLException {

	private static final long serialVersionUID = 1L;

	private static final String READ_ONLY_TRANSACTION = "25006";

	/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION. */
	private static final int CANNOT_EXECUTE = 1792;

	/**
	 * Create the exception.
	 * @param message what happened and what to change
	 * @param failure the exception of the driver or the server
	 */
	public ReadOnlyTransactionException(String message, SQLException failure) {
		super(message, isServers(failure) ? READ_ONLY_TRANSACTION : failure.getSQLState(),
				isServers(failure) ? CANNOT_EXECUTE : failure.getErrorCode(), failure);
	}

	private static boolean isServers(SQLException failure) {
		return failure.getErrorCode() != 0;
	}

}
