package com.foobar.gateway.loadbalancer;

/**
 * The load-balancing algorithms.
 */
enum Algorithm {

	/** Round robin; ignores weights. */
	ROUND_ROBIN,

	/** Smooth weighted round robin. */
	WEIGHTED_ROUND_ROBIN,

	/** Of two random backends, the one with fewer active requests for its weight. */
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
