package com.foobar.routing.readonly;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of statements, by what happens to them in a read-only transaction.
 */
enum StatementKind {

	/** Writes nothing: a query of built-in functions that takes no locks. */
	PLAIN(null),

	/** May write or lock; the server rejects it in a read-only session if it does. */
	UNKNOWN(null),

	// The server would execute the following in a read-only session.

	NAMED_LOCK("A named lock holds on one server only, and a read-only transaction may run on any"),

	TABLE_LOCK("LOCK holds on one server only, and a read-only transaction may run on any"),

	FILE("INTO OUTFILE and INTO DUMPFILE write a file on one server, and a read-only transaction may run on any"),

	TABLE_STATISTICS("ANALYZE TABLE writes"),

	ACCESS_MODE("A read-only transaction cannot be made READ WRITE");

	private final @Nullable String refusal;

	StatementKind(@Nullable String refusal) {
		this.refusal = refusal;
	}

	/**
	 * Why it is rejected without being sent to the server.
	 * @return the reason, or {@code null} if it is sent
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

}
