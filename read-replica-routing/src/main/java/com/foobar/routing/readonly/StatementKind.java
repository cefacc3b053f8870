package com.foobar.routing.readonly;

import org.jspecify.annotations.Nullable;

/**
 * What the text of a statement tells about running it in a read-only transaction.
 */
enum StatementKind {

	/** Writes nothing: a query of built-in functions that takes no locks. */
	PLAIN(null),

	/** May write or lock; the server knows, once its session is read-only. */
	UNKNOWN(null),

	// The following the server would run in a read-only session.

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
	 * Why it is refused without asking the server.
	 * @return the reason, or {@code null} if it is not
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

}
