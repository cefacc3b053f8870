package com.foobar.gateway.backend;

import java.util.List;

/**
 * All backends at one moment, with the eligible ones computed once. Immutable.
 *
 * @param states every backend, in the order of configuration
 * @param live backends that get requests
 * @param writable those of them that can write
 */
public record BackendsSnapshot(List<BackendState> states, PriorityLevels live, PriorityLevels writable) {

	static final BackendsSnapshot EMPTY = new BackendsSnapshot(List.of(), PriorityLevels.NONE, PriorityLevels.NONE);

	/**
	 * The current weight: 0 for a backend that gets no requests, and less than its own
	 * during slow start.
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
