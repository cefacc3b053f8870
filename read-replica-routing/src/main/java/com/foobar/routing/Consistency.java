package com.foobar.routing;

/**
 * What a read-only transaction is guaranteed to see.
 */
public enum Consistency {

	/** What the selected replica has: own writes may be missing for a while. */
	EVENTUAL,

	/** Everything that the reader has written before. */
	READ_YOUR_WRITES,

	/** Everything that the reader has written or read before: reads are monotonic. */
	SESSION

}
