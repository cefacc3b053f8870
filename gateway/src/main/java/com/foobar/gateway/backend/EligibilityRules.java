package com.foobar.gateway.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who serves, and with what weight? A pure function of what is known and the time.
 * <p>
 * Whoever is up and has no other orders serves, unless ejected. Ejections are disregarded
 * once too few would be left: then the failures have a cause that all share, and fewer
 * servers would only add load to it. For the same reason an ejection alone never leaves a
 * request without a server.
 * <p>
 * What has just come is cold, and gets a share that grows with the time it serves, from a
 * tenth to all of its weight. If none is warm there is nobody to take the load meanwhile,
 * and all get their weight.
 *
 * @param slowStart time in which the share grows; zero for none
 * @param panicThreshold percentage of the backends that must be left for ejections to
 * count; 0 to let them count always
 */
record EligibilityRules(Duration slowStart, int panicThreshold) {

	/** Weights are multiplied by this, so that shares of small weights can grow. */
	static final int FULL = 100;

	private static final int COLDEST = 10;

	BackendsSnapshot snapshot(List<BackendState> states, Instant now) {
		return new BackendsSnapshot(List.copyOf(states), tiers(states, (state) -> true, now),
				tiers(states, BackendState::writes, now));
	}

	private PriorityLevels tiers(List<BackendState> states, Predicate<BackendState> test, Instant now) {
		List<BackendState> passing = states.stream().filter(test.and((state) -> state.orders().serve())).toList();
		List<BackendState> active = passing.stream().filter((state) -> !state.backend().backup()).toList();
		List<BackendState> backups = passing.stream().filter((state) -> state.backend().backup()).toList();
		PriorityLevels tiers = new PriorityLevels(candidates(serving(active, now), now),
				candidates(serving(backups, now), now));
		return !tiers.isEmpty() ? tiers
				: new PriorityLevels(candidates(able(active), now), candidates(able(backups), now));
	}

	private List<BackendState> serving(List<BackendState> wanted, Instant now) {
		List<BackendState> able = able(wanted);
		List<BackendState> kept = able.stream().filter((state) -> !state.ejection().isOut(now)).toList();
		boolean panic = !kept.isEmpty() && kept.size() * 100 < wanted.size() * this.panicThreshold;
		return panic ? able : kept;
	}

	private static List<BackendState> able(List<BackendState> wanted) {
		return wanted.stream().filter(BackendState::able).toList();
	}

	private List<EligibleBackend> candidates(List<BackendState> serving, Instant now) {
		boolean anyWarm = serving.stream().anyMatch((state) -> warmth(state, now) == FULL);
		return serving.stream()
			.map((state) -> new EligibleBackend(state.backend(),
					state.orders().weight() * (anyWarm ? warmth(state, now) : FULL)))
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
