package com.foobar.routing;

/**
 * What a connection is about to be used for, as far as the application has said.
 */
enum Intent {

	/** The connection was declared read-only, as a read-only transaction does. */
	READ_ONLY,

	/** A transaction that may write. */
	READ_WRITE,

	/** A statement outside any transaction, which may write. */
	AUTO_COMMIT

}
