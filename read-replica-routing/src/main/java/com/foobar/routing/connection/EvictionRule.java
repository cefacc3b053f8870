package com.foobar.routing.connection;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;

/**
 * Tells a HikariCP pool which failures end a connection: those the pool knows itself, and
 * a server that refuses writes because it is read-only. Without it the pool would keep
 * the connections to a primary that was demoted for as long as {@code maxLifetime}, since
 * they work. A rule of the application's own comes first. Thread-safe.
 */
public final class EvictionRule implements SQLExceptionOverride {

	/** ER_OPTION_PREVENTS_STATEMENT, of which {@code --read-only} is one option. */
	private static final int OPTION_PREVENTS_STATEMENT = 1290;

	/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION. */
	private static final int READ_ONLY_TRANSACTION = 1792;

	/** ER_READ_ONLY_MODE. */
	private static final int READ_ONLY_MODE = 1836;

	private final @Nullable SQLExceptionOverride own;

	private final ConnectionFailures failures;

	EvictionRule(@Nullable SQLExceptionOverride own, ConnectionFailures failures) {
		this.own = own;
		this.failures = failures;
	}

	/**
	 * The application's own rule below this one.
	 * @param rule a rule, which may be one of these
	 * @return the rule the application has set, or {@code null} if it set none
	 */
	public static @Nullable SQLExceptionOverride ownOf(@Nullable SQLExceptionOverride rule) {
		return (rule instanceof EvictionRule ours) ? ours.own : rule;
	}

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		if (isRefusedWrite(failure)) {
			this.failures.refusedWrite(failure);
			return (own(failure) == Override.DO_NOT_EVICT) ? Override.DO_NOT_EVICT : Override.MUST_EVICT;
		}
		String state = failure.getSQLState();
		if (state != null && state.startsWith("08")) {
			this.failures.broke(failure);
		}
		return own(failure);
	}

	private Override own(SQLException failure) {
		return (this.own != null) ? this.own.adjudicate(failure) : Override.CONTINUE_EVICT;
	}

	/**
	 * A write in a read-only transaction is the application's mistake, and says nothing
	 * about the server.
	 */
	private static boolean isRefusedWrite(SQLException failure) {
		return !(failure instanceof ReadOnlyTransactionException) && isReadOnlyError(failure);
	}

	/**
	 * Whether a server says that it, or the transaction, is read-only.
	 * @param failure what the server said
	 * @return whether that is the reason
	 */
	public static boolean isReadOnlyError(SQLException failure) {
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
