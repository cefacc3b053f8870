package com.foobar.web.database;

import java.lang.reflect.Method;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.springframework.resilience.retry.MethodRetryPredicate;

/**
 * Retries only after a connection broke in use. A failure to get a connection and a
 * timeout are not retried, because they took long already.
 */
class ConnectionLost implements MethodRetryPredicate {

	private static final int MAX_DEPTH = 20;

	@Override
	public boolean shouldRetry(Method method, Throwable failure) {
		boolean lost = false;
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof SocketTimeoutException || cause instanceof SQLTransientConnectionException) {
				return false;
			}
			lost |= cause instanceof SQLException exception && isLost(exception);
			cause = cause.getCause();
		}
		return lost;
	}

	/**
	 * On a lost connection the rollback fails as well, and its exception replaces the
	 * first one. The pool's exception says that the connection is closed and has no SQL
	 * state.
	 */
	private static boolean isLost(SQLException exception) {
		String state = exception.getSQLState();
		return (state != null) ? state.startsWith("08") : "Connection is closed".equals(exception.getMessage());
	}

}
