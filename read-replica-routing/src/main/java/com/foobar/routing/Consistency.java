package com.foobar.routing;

/**
 * What a read-only transaction is guaranteed to see.
 */
public enum Consistency {

	/** Whatever the chosen replica has: own writes may be missing for a while. */
	EVENTUAL,

	/** All that the reader has written before. */
	READ_YOUR_WRITES,

	/** All that the reader has written or read before: time never runs backwards. */
	SESSION

}
