package com.foobar.routing.readonly;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Properties;

import com.foobar.routing.ReadOnlyTransactionException;
import com.mysql.cj.exceptions.ExceptionInterceptor;
import com.mysql.cj.log.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Adds the method that opened the transaction to "Connection is read-only". Connector/J
 * calls it for each failure, on the thread that met it, and requires a class with a
 * public constructor. Costs nothing until a statement fails. Thread-safe.
 */
public final class ReadOnlyExceptionInterceptor implements ExceptionInterceptor {

	/** Message of the driver's own check, whose SQLState other errors have too. */
	private static final String REFUSED_BY_DRIVER = "Connection is read-only.";

	@Override
	public ExceptionInterceptor init(Properties properties, Log log) {
		return this;
	}

	@Override
	public void destroy() {
	}

	/**
	 * Explain a failure.
	 * @return what is thrown instead, or {@code null} to throw the failure itself
	 */
	@Override
	public @Nullable Exception interceptException(Exception failure) {
		if (!(failure instanceof SQLException refusal) || failure instanceof BatchUpdateException
				|| failure instanceof ReadOnlyTransactionException || !isRefusal(refusal)
				|| !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			return null;
		}
		return new ReadOnlyTransactionException(explain(refusal), refusal);
	}

	private static boolean isRefusal(SQLException failure) {
		String message = failure.getMessage();
		return ReadOnlyErrors.matches(failure) || (message != null && message.startsWith(REFUSED_BY_DRIVER));
	}

	private static String explain(SQLException refusal) {
		String name = TransactionSynchronizationManager.getCurrentTransactionName();
		String whose = (name != null) ? "the read-only transaction of " + name
				: "a read-only transaction without a name, as TransactionTemplate opens it unless it is given one";
		String where = (name != null) ? "there" : "where it is opened";
		return "A statement that writes or locks ran in " + whose + " and was refused (" + refusal.getMessage()
				+ "). Read-only transactions run on replicas. Take readOnly = true away " + where
				+ " (a method without @Transactional of its own has that of its class or of its caller),"
				+ " or write in a transaction of its own (Propagation.REQUIRES_NEW).";
	}

}
