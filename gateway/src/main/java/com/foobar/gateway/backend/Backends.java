package com.foobar.gateway.backend;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.foobar.gateway.backend.BackendState.HealthState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current backends. Reading is one volatile read. The few writers (discovery, checks,
 * failed connections) are serialized, and each publishes a new snapshot.
 * <p>
 * Thread-safe.
 */
public class Backends {

	private static final Logger logger = LoggerFactory.getLogger(Backends.class);

	private final Clock clock;

	private final EligibilityRules rules;

	private final List<BackendsListener> listeners = new ArrayList<>();

	private volatile BackendsSnapshot snapshot = BackendsSnapshot.EMPTY;

	Backends(Clock clock, EligibilityRules rules) {
		this.clock = clock;
		this.rules = rules;
	}

	/** Adds a listener, which is at once notified of each known backend. */
	public void subscribe(BackendsListener listener) {
		synchronized (this.listeners) {
			this.listeners.add(listener);
			this.snapshot.states().forEach((state) -> listener.added(state.backend()));
		}
	}

	/** The current snapshot; never blocks. */
	public BackendsSnapshot snapshot() {
		return this.snapshot;
	}

	/** Replaces the set of backends. Those already known by name keep their state. */
	public void replace(List<Backend> found) {
		// So that no listener is notified of a removal before the addition.
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
			logger.info("Backend {} discovered", backend);
			notifyListeners(backend, BackendsListener::added);
		});
		removed.forEach((backend) -> {
			logger.info("Backend {} removed", backend);
			notifyListeners(backend, BackendsListener::removed);
		});
	}

	// A failing listener must not prevent the notification of the others.
	private void notifyListeners(Backend backend, BiConsumer<BackendsListener, Backend> event) {
		for (BackendsListener listener : this.listeners) {
			try {
				event.accept(listener, backend);
			}
			catch (Throwable ex) {
				logger.error("{} failed to handle backend {}", listener, backend, ex);
			}
		}
	}

	/** Changes the state of a backend; does nothing if it was removed. */
	public void update(Backend backend, UnaryOperator<BackendState> change) {
		update(backend, (state, all) -> change.apply(state));
	}

	/**
	 * Changes the state of a backend, in view of the others; does nothing if it was
	 * removed.
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

	/** Excludes a backend at once because a request could not be sent to it. */
	public void suspect(Backend backend, String error) {
		Instant now = this.clock.instant();
		update(backend, (state) -> state.suspected(error, now));
	}

	private static void report(BackendState before, BackendState after) {
		if (after.health() == HealthState.UP && before.health() != HealthState.UP) {
			logger.info("Backend {} is UP, was {}", after.backend(), before.health());
		}
		else if (after.health() != before.health()) {
			logger.warn("Backend {} is {}, was {}: {}", after.backend(), after.health(), before.health(),
					after.lastError());
		}
		if (after.ejection().total() != before.ejection().total()) {
			logger.warn("Backend {} is ejected until {} because its requests fail: {}", after.backend(),
					after.ejection().until(), after.lastError());
		}
		if (after.writes() != before.writes()) {
			logger.warn("Backend {} {}", after.backend(), after.writes() ? "can write again" : "can no longer write");
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
