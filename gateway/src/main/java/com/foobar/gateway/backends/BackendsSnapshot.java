package com.foobar.gateway.backends;

import java.util.List;
import java.util.function.Predicate;

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
	 * A snapshot of these states.
	 * @param states every backend
	 */
	public static BackendsSnapshot of(List<BackendState> states) {
		List<BackendState> up = states.stream()
			.filter((state) -> state.condition() == Condition.UP && state.backend().weight() > 0)
			.toList();
		return new BackendsSnapshot(List.copyOf(states), tiers(up, (state) -> true), tiers(up, BackendState::writes));
	}

	private static Tiers tiers(List<BackendState> up, Predicate<BackendState> test) {
		List<BackendState> passing = up.stream().filter(test).toList();
		return new Tiers(candidates(passing, (state) -> !state.backend().backup()),
				candidates(passing, (state) -> state.backend().backup()));
	}

	private static List<Candidate> candidates(List<BackendState> states, Predicate<BackendState> test) {
		return states.stream()
			.filter(test)
			.map((state) -> new Candidate(state.backend(), state.backend().weight()))
			.toList();
	}

}
