package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import com.foobar.routing.NodeState;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;

/**
 * Holds the newest snapshot. Reading it costs one volatile read, and threads can wait for
 * a newer one. Thread-safe and lock-free.
 */
final class SnapshotHolder implements Topology {

	private final AtomicReference<TopologySnapshot> snapshot;

	/** Completed, and replaced, with each new snapshot. */
	private final AtomicReference<CompletableFuture<TopologySnapshot>> next = new AtomicReference<>(
			new CompletableFuture<>());

	SnapshotHolder(TopologySnapshot snapshot) {
		this.snapshot = new AtomicReference<>(snapshot);
	}

	/**
	 * Publish a snapshot.
	 * @return the previous one
	 */
	TopologySnapshot replace(TopologySnapshot now) {
		TopologySnapshot before = Objects.requireNonNull(this.snapshot.getAndSet(now));
		announce(now);
		return before;
	}

	/**
	 * Update the state of one server, unless it is unchanged.
	 * @param name the server
	 * @param refresh its current state, from the published one
	 */
	void refresh(String name, UnaryOperator<NodeState> refresh) {
		while (true) {
			TopologySnapshot before = snapshot();
			NodeState published = before.find(name).orElseThrow();
			NodeState state = refresh.apply(published);
			if (state.equals(published)) {
				return;
			}
			TopologySnapshot now = before.with(state);
			if (this.snapshot.compareAndSet(before, now)) {
				announce(now);
				return;
			}
		}
	}

	private void announce(TopologySnapshot now) {
		Objects.requireNonNull(this.next.getAndSet(new CompletableFuture<>())).complete(now);
	}

	@Override
	public TopologySnapshot snapshot() {
		return Objects.requireNonNull(this.snapshot.get());
	}

	@Override
	public boolean awaitChange(TopologySnapshot seen, Duration timeout) throws InterruptedException {
		CompletableFuture<TopologySnapshot> change = Objects.requireNonNull(this.next.get());
		if (!snapshot().equals(seen)) {
			return true;
		}
		try {
			change.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Unreachable: nothing completes it exceptionally", ex);
		}
	}

}
