package com.foobar.gateway.loadbalancer;

/**
 * The ways to share requests out.
 */
enum Algorithm {

	/** Each in turn, whatever their weights. */
	ROUND_ROBIN,

	/** Each in turn, as often as its weight says, spread evenly. */
	WEIGHTED_ROUND_ROBIN,

	/** Of two drawn by lot, the one with fewer requests in flight for its weight. */
	LEAST_REQUESTS,

	/** The same client address to the same backend. */
	SOURCE_HASH;

	LoadBalancer balancer() {
		return switch (this) {
			case ROUND_ROBIN -> new RoundRobin();
			case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
			case LEAST_REQUESTS -> new LeastRequests();
			case SOURCE_HASH -> new SourceHash();
		};
	}

}
