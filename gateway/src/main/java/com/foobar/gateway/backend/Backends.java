package com.foobar.gateway.backend;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends as they are now. Reading is one volatile read; the few writers (discovery,
 * checks, failed connections) take turns, and each publishes a new snapshot.
 * <p>
 * Thread-safe.
 */
public class Backends {

	private static final Logger logger = LoggerFactory.getLogger(Backends.class);

	private final Clock clock;

	private final EligibilityRules rules;

	private final List<BackendsListener> listeners = new ArrayList<>();

	private volatile BackendsSnapshot snapshot = BackendsSnapshot.EMPTY;

	/**
	 * @param clock tells when a condition changed
	 * @param rules who serves
	 */
	Backends(Clock clock, EligibilityRules rules) {
		this.clock = clock;
		this.rules = rules;
	}

	/**
	 * Adds a listener, which at once hears of every backend there is.
	 * @param listener hears of backends that come and go
	 */
	public void subscribe(BackendsListener listener) {
		synchronized (this.listeners) {
			this.listeners.add(listener);
			this.snapshot.states().forEach((state) -> listener.added(state.backend()));
		}
	}

	/** The present snapshot; never blocks. */
	public BackendsSnapshot snapshot() {
		return this.snapshot;
	}

	/**
	 * Replaces the set of backends. Those already known by name keep their state.
	 * @param found every backend there is now
	 */
	public void replace(List<Backend> found) {
		// So that no listener is told of a removal before the addition.
		synchronized (this.listeners) {
			exchange(found);
		}
	}

	private void exchange(List<Backend> found) {
		List<Backend> added = new ArrayList<>();
		List<Backend> removed = new ArrayList<>();
		synchronized (this) {
			List<BackendState> before = this.snapshot.states();
			List<BackendState> after = new ArrayList<>(found.size());
			for (Backend backend : found) {
				BackendState known = find(before, backend.name());
				if (known == null) {
					added.add(backend);
					known = BackendState.unknown(backend, this.clock.instant());
				}
				after.add(known);
			}
			for (BackendState state : before) {
				if (find(after, state.backend().name()) == null) {
					removed.add(state.backend());
				}
			}
			if (added.isEmpty() && removed.isEmpty()) {
				return;
			}
			this.snapshot = this.rules.snapshot(after, this.clock.instant());
		}
		added.forEach((backend) -> {
			logger.info("Backend {} found", backend);
			notifyListeners(backend, BackendsListener::added);
		});
		removed.forEach((backend) -> {
			logger.info("Backend {} is gone", backend);
			notifyListeners(backend, BackendsListener::removed);
		});
	}

	// One that fails must not keep the others from hearing: nobody tells them again.
	private void notifyListeners(Backend backend, BiConsumer<BackendsListener, Backend> event) {
		for (BackendsListener listener : this.listeners) {
			try {
				event.accept(listener, backend);
			}
			catch (Throwable ex) {
				logger.error("{} failed to take note of backend {}", listener, backend, ex);
			}
		}
	}

	/**
	 * Changes what is known of a backend; does nothing if it is gone.
	 * @param backend whose state changes
	 * @param change gets the present state, gives the next
	 */
	public void update(Backend backend, UnaryOperator<BackendState> change) {
		update(backend, (state, all) -> change.apply(state));
	}

	/**
	 * Changes what is known of a backend, in view of the others; does nothing if it is
	 * gone.
	 * @param backend whose state changes
	 * @param change gets the present state and those of all backends, gives the next
	 */
	public void update(Backend backend, BiFunction<BackendState, List<BackendState>, BackendState> change) {
		BackendState before;
		BackendState after;
		synchronized (this) {
			List<BackendState> states = new ArrayList<>(this.snapshot.states());
			int index = 0;
			while (index < states.size() && states.get(index).backend() != backend) {
				index++;
			}
			if (index == states.size()) {
				return;
			}
			before = states.get(index);
			after = change.apply(before, List.copyOf(states));
			if (after.equals(before)) {
				return;
			}
			states.set(index, after);
			this.snapshot = this.rules.snapshot(states, this.clock.instant());
		}
		report(before, after);
	}

	/**
	 * Leaves a backend out at once because a request could not be carried there.
	 * @param backend the backend
	 * @param error why
	 */
	public void suspect(Backend backend, String error) {
		Instant now = this.clock.instant();
		update(backend, (state) -> state.suspected(error, now));
	}

	private static void report(BackendState before, BackendState after) {
		if (after.condition() == HealthState.UP && before.condition() != HealthState.UP) {
			logger.info("Backend {} is UP, was {}", after.backend(), before.condition());
		}
		else if (after.condition() != before.condition()) {
			logger.warn("Backend {} is {}, was {}: {}", after.backend(), after.condition(), before.condition(),
					after.lastError());
		}
		if (after.ejection().total() != before.ejection().total()) {
			logger.warn("Backend {} is ejected until {} because requests fail there: {}", after.backend(),
					after.ejection().until(), after.lastError());
		}
		if (after.writes() != before.writes()) {
			logger.warn("Backend {} {}", after.backend(), after.writes() ? "can write again" : "cannot write now");
		}
	}

	private static @Nullable BackendState find(List<BackendState> states, String name) {
		for (BackendState state : states) {
			if (state.backend().name().equals(name)) {
				return state;
			}
		}
		return null;
	}

}
