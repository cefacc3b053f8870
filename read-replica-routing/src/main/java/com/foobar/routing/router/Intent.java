package com.foobar.routing.router;

/**
 * What a connection is for, as far as the application has declared it.
 */
public enum Intent {

	/** Declared read-only, as by a read-only transaction. */
	READ_ONLY,

	/**
	 * Declared read-only by a Spring Data repository and not by the application, which
	 * may write back what it reads.
	 */
	REPOSITORY_READ,

	/** Read-only, in a request that may write back what it reads. */
	UNSAFE_REQUEST,

	/** A transaction that may write. */
	READ_WRITE,

	/** A statement outside any transaction, which may write. */
	AUTO_COMMIT

}
