package com.foobar.routing.physical;

import java.sql.SQLException;

import com.foobar.routing.ReadOnlyTransactionException;
import com.foobar.routing.readonly.ReadOnlyErrors;
import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;

/**
 * Tells a HikariCP pool which failures end a connection: those the pool knows itself, and
 * a server that refuses writes because it is read-only. Without it the pool would keep
 * the connections to a primary that was demoted for as long as {@code maxLifetime}, since
 * they work. A rule of the application's own comes first. Thread-safe.
 */
public final class EvictionRule implements SQLExceptionOverride {

	private final @Nullable SQLExceptionOverride own;

	private final ConnectionFailureListener failures;

	EvictionRule(@Nullable SQLExceptionOverride own, ConnectionFailureListener failures) {
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
		return !(failure instanceof ReadOnlyTransactionException) && ReadOnlyErrors.matches(failure);
	}

}
