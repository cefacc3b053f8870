package com.foobar.gateway.loadbalancer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests are distributed.
 *
 * @param algorithm round-robin (ignores weights), weighted-round-robin, least-requests
 * (of two random backends, the one with fewer active requests) or source-hash (the same
 * client address to the same backend)
 */
@ConfigurationProperties("gateway.load-balancer")
record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm) {

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

}
