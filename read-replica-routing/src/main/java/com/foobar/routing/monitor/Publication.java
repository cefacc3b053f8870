package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.routing.Topology;
import com.foobar.routing.TopologyChanges;
import com.foobar.routing.TopologySnapshot;

/**
 * The newest snapshot, for those who read it, which costs one volatile read, and for
 * those who wait for a newer one. Thread-safe; one thread at a time may replace it.
 */
final class Publication implements Topology, TopologyChanges {

	private volatile TopologySnapshot snapshot;

	/** Completed, and replaced, with each new snapshot. */
	private volatile CompletableFuture<TopologySnapshot> next = new CompletableFuture<>();

	Publication(TopologySnapshot snapshot) {
		this.snapshot = snapshot;
	}

	/**
	 * Publish a snapshot.
	 * @return the one before
	 */
	TopologySnapshot replace(TopologySnapshot now) {
		TopologySnapshot before = this.snapshot;
		this.snapshot = now;
		CompletableFuture<TopologySnapshot> awaited = this.next;
		this.next = new CompletableFuture<>();
		awaited.complete(now);
		return before;
	}

	@Override
	public TopologySnapshot snapshot() {
		return this.snapshot;
	}

	@Override
	public boolean awaitChange(TopologySnapshot seen, Duration patience) throws InterruptedException {
		CompletableFuture<TopologySnapshot> change = this.next;
		if (!this.snapshot.equals(seen)) {
			return true;
		}
		try {
			change.get(patience.toNanos(), TimeUnit.NANOSECONDS);
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
