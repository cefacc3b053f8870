package com.foobar.gateway.backends;

import java.util.List;

/**
 * All backends at one moment, with the lists that a request needs computed once.
 * Immutable.
 *
 * @param states every backend, in the order of configuration
 * @param live backends that are sent requests
 * @param writable those of them that can write
 */
public record BackendsSnapshot(List<BackendState> states, Tiers live, Tiers writable) {

	static final BackendsSnapshot EMPTY = new BackendsSnapshot(List.of(), Tiers.NONE, Tiers.NONE);

	/**
	 * The weight that counts at this moment: 0 for a backend that is sent nothing, and
	 * less than its own during slow start.
	 * @param backend any backend
	 */
	double effectiveWeight(Backend backend) {
		return this.live.serving()
			.stream()
			.filter((candidate) -> candidate.backend() == backend)
			.mapToDouble((candidate) -> (double) candidate.weight() / ServingRules.FULL)
			.findFirst()
			.orElse(0);
	}

}
