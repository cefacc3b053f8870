package com.foobar.routing.readonly;

import java.sql.SQLException;

/**
 * Recognizes errors of a server that is read-only, or whose transaction is.
 */
public final class ReadOnlyErrors {

	/** ER_OPTION_PREVENTS_STATEMENT, of which {@code --read-only} is one option. */
	private static final int OPTION_PREVENTS_STATEMENT = 1290;

	/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION. */
	private static final int READ_ONLY_TRANSACTION = 1792;

	/** ER_READ_ONLY_MODE. */
	private static final int READ_ONLY_MODE = 1836;

	private ReadOnlyErrors() {
	}

	/**
	 * Return whether an error means "read-only".
	 * @param failure the error of the server
	 * @return whether the server, or the transaction, is read-only
	 */
	public static boolean matches(SQLException failure) {
		return switch (failure.getErrorCode()) {
			case OPTION_PREVENTS_STATEMENT -> mentionsReadOnly(failure);
			case READ_ONLY_TRANSACTION, READ_ONLY_MODE -> true;
			default -> false;
		};
	}

	private static boolean mentionsReadOnly(SQLException failure) {
		String message = failure.getMessage();
		return message != null && (message.contains("read-only") || message.contains("read_only"));
	}

}
