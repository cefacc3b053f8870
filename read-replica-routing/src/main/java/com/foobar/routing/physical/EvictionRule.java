package com.foobar.routing.physical;

import java.sql.SQLException;

import com.foobar.routing.ReadOnlyTransactionException;
import com.foobar.routing.readonly.ReadOnlyErrors;
import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;

/**
 * Decides which failures make a HikariCP pool evict a connection: those of the pool
 * itself, and a server that rejects writes because it is read-only. Otherwise the pool
 * would keep the connections to a former primary until {@code maxLifetime}, since they
 * work. A rule that the application has configured takes precedence. Thread-safe.
 */
public final class EvictionRule implements SQLExceptionOverride {

	private final @Nullable SQLExceptionOverride configured;

	private final ConnectionFailureListener failures;

	EvictionRule(@Nullable SQLExceptionOverride configured, ConnectionFailureListener failures) {
		this.configured = configured;
		this.failures = failures;
	}

	/**
	 * Return the rule that the application has configured.
	 * @param rule the rule of a pool, which may be an instance of this class
	 * @return the application's rule, or {@code null} if it has none
	 */
	public static @Nullable SQLExceptionOverride configuredRule(@Nullable SQLExceptionOverride rule) {
		return (rule instanceof EvictionRule ours) ? ours.configured : rule;
	}

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		if (isRefusedWrite(failure)) {
			this.failures.onRefusedWrite(failure);
			return (configured(failure) == Override.DO_NOT_EVICT) ? Override.DO_NOT_EVICT : Override.MUST_EVICT;
		}
		String state = failure.getSQLState();
		if (state != null && state.startsWith("08")) {
			this.failures.onBroken(failure);
		}
		return configured(failure);
	}

	private Override configured(SQLException failure) {
		return (this.configured != null) ? this.configured.adjudicate(failure) : Override.CONTINUE_EVICT;
	}

	/**
	 * A write in a read-only transaction is an error of the application, and proves
	 * nothing about the server.
	 */
	private static boolean isRefusedWrite(SQLException failure) {
		return !(failure instanceof ReadOnlyTransactionException) && ReadOnlyErrors.matches(failure);
	}

}
