package com.foobar.benchmarks.stack;

import java.util.Locale;

/**
 * A kind of load.
 */
enum Work {

	/** One notice as JSON, a random one. */
	READ,

	/** The first twenty notices as JSON, with the total. */
	LIST,

	/** The board: the same as a page of HTML. */
	PAGE,

	/** A new notice, as JSON. */
	INSERT,

	/** The style sheet. */
	ASSET,

	/** 19 of READ, LIST and PAGE by turns, then one INSERT. */
	MIX,

	/** An INSERT, then a read of the same notice by the same client. */
	PAIRS,

	/** Everything, for warming up. */
	ALL;

	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

}
