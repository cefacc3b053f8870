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
	 */
	double effectiveWeight(Backend backend) {
		return this.live.serving()
			.stream()
			.filter((candidate) -> candidate.backend() == backend)
			.mapToDouble((candidate) -> (double) candidate.weight() / EligibilityRules.FULL)
			.findFirst()
			.orElse(0);
	}

	/**
	 * The eligible backends for a kind of request, by priority. Immutable; the order
	 * changes only when the set does.
	 *
	 * @param active backends of the first level
	 * @param backups backends used when no active one is eligible
	 */
	public record PriorityLevels(List<EligibleBackend> active, List<EligibleBackend> backups) {

		static final PriorityLevels NONE = new PriorityLevels(List.of(), List.of());

		/** Whether no backend is eligible. */
		public boolean isEmpty() {
			return this.active.isEmpty() && this.backups.isEmpty();
		}

		/** The backends of the first level that is not empty. */
		public List<EligibleBackend> serving() {
			return this.active.isEmpty() ? this.backups : this.active;
		}

		/** Number of eligible backends, including backups. */
		public int size() {
			return this.active.size() + this.backups.size();
		}

	}

	/**
	 * A backend that the load balancer may choose.
	 *
	 * @param backend the backend
	 * @param weight its weight, relative to the others; at least 1
	 */
	public record EligibleBackend(Backend backend, int weight) {
	}

}
