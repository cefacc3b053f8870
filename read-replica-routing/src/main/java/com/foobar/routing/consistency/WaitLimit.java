package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode;

/**
 * Limits the reads that wait for a server. Each of them occupies a connection: without a
 * limit, reads that wait for GTIDs that may never arrive could take all connections from
 * reads that need not wait. Thread-safe.
 */
public final class WaitLimit {

	/** No limit. */
	public static final WaitLimit NONE = new WaitLimit(Map.of());

	private final Map<String, Permits> permits;

	/**
	 * Create a limit.
	 * @param permits how many reads may wait for a server at a time, zero or more, by the
	 * server's name; any number may wait for a server that is not named
	 */
	public WaitLimit(Map<String, Integer> permits) {
		this.permits = permits.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> new Permits(entry.getValue())));
	}

	/**
	 * Return how many reads wait for a server now.
	 * @param node the server
	 * @return the number, zero for a server without limit
	 */
	public int waiting(DatabaseNode node) {
		Permits permits = this.permits.get(node.name());
		return (permits != null) ? permits.number - permits.free.availablePermits() : 0;
	}

	/**
	 * Return how many reads were rejected, since too many waited.
	 * @param node the server
	 * @return the number since the start
	 */
	public long rejected(DatabaseNode node) {
		Permits permits = this.permits.get(node.name());
		return (permits != null) ? permits.rejected.sum() : 0;
	}

	/**
	 * Acquire a permit, to be released with {@link #release}.
	 * @param node the server to wait for
	 * @param timeout how long to queue for a permit; zero for not at all
	 * @return whether there was one in time
	 */
	public boolean tryAcquire(DatabaseNode node, Duration timeout) {
		Permits permits = this.permits.get(node.name());
		if (permits == null) {
			return true;
		}
		boolean acquired = permits.tryAcquire(timeout);
		if (!acquired) {
			permits.rejected.increment();
		}
		return acquired;
	}

	/**
	 * Release a permit.
	 * @param node the server
	 */
	public void release(DatabaseNode node) {
		Permits permits = this.permits.get(node.name());
		if (permits != null) {
			permits.free.release();
		}
	}

	@Override
	public String toString() {
		return this.permits.toString();
	}

	private static final class Permits {

		private final int number;

		/** Fair: no read is overtaken while it queues. */
		private final Semaphore free;

		private final LongAdder rejected = new LongAdder();

		private Permits(int number) {
			this.number = number;
			this.free = new Semaphore(number, true);
		}

		private boolean tryAcquire(Duration timeout) {
			try {
				return this.number > 0 && this.free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		@Override
		public String toString() {
			return String.valueOf(this.number);
		}

	}

}
