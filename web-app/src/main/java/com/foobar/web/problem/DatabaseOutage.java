package com.foobar.web.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.hibernate.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request failed because the database cannot be used now. The
 * exceptions of Spring and Hibernate are not reliable: both report a read-only server as
 * an unknown error. The exception of the driver or the pool decides.
 */
public final class DatabaseOutage {

	/**
	 * 1290, 1836: the server runs read-only. 1792: the transaction was made read-only.
	 * 1040: too many connections. 1053: the server is shutting down. 3100: a group
	 * refused the commit. 3024 and 1969: the statement took too long. 1205: a lock was
	 * not free in time. 1213: deadlock.
	 */
	private static final Set<Integer> ERRORS = Set.of(1290, 1836, 1792, 1040, 1053, 3100, 3024, 1969, 1205, 1213);

	private static final int MAX_DEPTH = 20;

	private DatabaseOutage() {
	}

	/**
	 * Searches the causes of an exception for a failure of the database.
	 * @param failure what was caught
	 * @return whether the same request may succeed later
	 */
	public static boolean causes(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (isFailedRollback(cause) || (cause instanceof SQLException exception && isOutage(exception))) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * Describes the failure in one line, because messages of the driver have several.
	 * @param failure what was caught
	 * @return the innermost message
	 */
	public static String reason(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause.getCause() != null && depth < MAX_DEPTH; depth++) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
	}

	/**
	 * On a lost connection the rollback fails too, and its exception replaces the one
	 * with the reason. Only a rollback on a lost connection fails.
	 */
	private static boolean isFailedRollback(Throwable cause) {
		return cause instanceof TransactionException && cause.getCause() instanceof SQLException;
	}

	private static boolean isOutage(SQLException exception) {
		return exception instanceof SQLTransientConnectionException
				|| exception instanceof SQLNonTransientConnectionException
				|| exception instanceof SQLRecoverableException || isConnectionState(exception.getSQLState())
				|| ERRORS.contains(exception.getErrorCode());
	}

	private static boolean isConnectionState(@Nullable String state) {
		return state != null && state.startsWith("08");
	}

}
