package com.foobar.routing.router;

/**
 * How one of several eligible replicas is chosen.
 */
public enum Selection {

	/** One after the other. */
	ROUND_ROBIN,

	/** One after the other, each as often as its weight says. */
	WEIGHTED_ROUND_ROBIN,

	/**
	 * Of two drawn at random, the one with fewer connections in use: nearly as even as
	 * asking all, and without the stampede to the one that was idle a moment ago.
	 */
	LEAST_CONNECTIONS

}
