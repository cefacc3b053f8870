package com.foobar.gateway.backend;

import java.util.List;

/**
 * All backends at one moment, with the lists that a request needs computed once.
 * Immutable.
 *
 * @param states every backend, in the order of configuration
 * @param live backends that are sent requests
 * @param writable those of them that can write
 */
public record BackendsSnapshot(List<BackendState> states, PriorityLevels live, PriorityLevels writable) {

	static final BackendsSnapshot EMPTY = new BackendsSnapshot(List.of(), PriorityLevels.NONE, PriorityLevels.NONE);

	/**
	 * The weight that counts at this moment: 0 for a backend that is sent nothing, and
	 * less than its own during slow start.
	 * @param backend any backend
	 */
	double effectiveWeight(Backend backend) {
		return this.live.serving()
			.stream()
			.filter((candidate) -> candidate.backend() == backend)
			.mapToDouble((candidate) -> (double) candidate.weight() / EligibilityRules.FULL)
			.findFirst()
			.orElse(0);
	}

}
