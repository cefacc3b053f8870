package com.foobar.routing.router;

/**
 * What a connection is about to be used for, as far as the application has said.
 */
public enum Intent {

	/** The connection was declared read-only, as a read-only transaction does. */
	READ_ONLY,

	/**
	 * Read-only by the word of a repository and not of the application, which may write
	 * back what it reads.
	 */
	REPOSITORY_READ,

	/** Read-only, in a request that may write back what it reads. */
	UNSAFE_REQUEST,

	/** A transaction that may write. */
	READ_WRITE,

	/** A statement outside any transaction, which may write. */
	AUTO_COMMIT

}
