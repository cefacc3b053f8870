package com.foobar.gateway.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import com.foobar.gateway.backend.BackendsSnapshot.PriorityLevels;

/**
 * Which backends are eligible, and with what weight? A pure function of their states and
 * the time.
 * <p>
 * A backend is eligible if it is up, ready by the administrator, and not ejected.
 * Ejections are ignored once too few backends would be left (panic threshold): then the
 * failures have a common cause, and fewer backends would only add load. For the same
 * reason, ejections alone never leave a request without a backend.
 * <p>
 * Slow start: the weight of a new backend grows with the time it serves, from a tenth to
 * its full value. If no backend is warm, none can take the load meanwhile, and all have
 * their full weight.
 *
 * @param slowStart time in which the weight grows; zero for none
 * @param panicThreshold percentage of the backends that must not be ejected; 0 never
 * ignores ejections
 */
record EligibilityRules(Duration slowStart, int panicThreshold) {

	/** Weights are multiplied by this, so that small weights can grow gradually. */
	static final int FULL = 100;

	private static final int COLDEST = 10;

	BackendsSnapshot snapshot(List<BackendState> states, Instant now) {
		return new BackendsSnapshot(List.copyOf(states), levels(states, (state) -> true, now),
				levels(states, BackendState::writes, now));
	}

	private PriorityLevels levels(List<BackendState> states, Predicate<BackendState> test, Instant now) {
		List<BackendState> passing = states.stream().filter(test.and((state) -> state.overrides().servable())).toList();
		List<BackendState> active = passing.stream().filter((state) -> !state.backend().backup()).toList();
		List<BackendState> backups = passing.stream().filter((state) -> state.backend().backup()).toList();
		PriorityLevels levels = new PriorityLevels(candidates(serving(active, now), now),
				candidates(serving(backups, now), now));
		return !levels.isEmpty() ? levels
				: new PriorityLevels(candidates(available(active), now), candidates(available(backups), now));
	}

	private List<BackendState> serving(List<BackendState> configured, Instant now) {
		List<BackendState> available = available(configured);
		List<BackendState> remaining = available.stream().filter((state) -> !state.ejection().isActive(now)).toList();
		boolean panic = !remaining.isEmpty() && remaining.size() * 100 < configured.size() * this.panicThreshold;
		return panic ? available : remaining;
	}

	private static List<BackendState> available(List<BackendState> configured) {
		return configured.stream().filter(BackendState::available).toList();
	}

	private List<EligibleBackend> candidates(List<BackendState> serving, Instant now) {
		boolean anyWarm = serving.stream().anyMatch((state) -> warmth(state, now) == FULL);
		return serving.stream()
			.map((state) -> new EligibleBackend(state.backend(),
					state.overrides().weight() * (anyWarm ? warmth(state, now) : FULL)))
			.toList();
	}

	private int warmth(BackendState state, Instant now) {
		Instant since = state.servingSince(now);
		if (this.slowStart.isZero() || !now.isBefore(since.plus(this.slowStart))) {
			return FULL;
		}
		long served = Duration.between(since, now).toMillis();
		return Math.toIntExact(Math.max(COLDEST, Math.min(FULL, served * FULL / this.slowStart.toMillis())));
	}

}
