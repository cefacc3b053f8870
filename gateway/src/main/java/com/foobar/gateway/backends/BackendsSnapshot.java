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
public record BackendsSnapshot(List<BackendState> states, List<Backend> live, List<Backend> writable) {

	static final BackendsSnapshot EMPTY = new BackendsSnapshot(List.of(), List.of(), List.of());

	/**
	 * A snapshot of these states.
	 * @param states every backend
	 */
	public static BackendsSnapshot of(List<BackendState> states) {
		List<BackendState> up = states.stream().filter((state) -> state.condition() == Condition.UP).toList();
		return new BackendsSnapshot(List.copyOf(states), up.stream().map(BackendState::backend).toList(),
				up.stream().filter(BackendState::writes).map(BackendState::backend).toList());
	}

}
