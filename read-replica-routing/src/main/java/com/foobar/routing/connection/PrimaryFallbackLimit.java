package com.foobar.routing.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the read-only connections that are on the primary because no replica can serve
 * them: when all replicas are out, their reads must not take the primary down as well.
 * Thread-safe and lock-free.
 */
public final class PrimaryFallbackLimit {

	private final int limit;

	private final AtomicInteger current = new AtomicInteger();

	private final LongAdder rejected = new LongAdder();

	/**
	 * Create a limit.
	 * @param limit how many such connections are permitted at a time, 0 or more
	 */
	public PrimaryFallbackLimit(int limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("limit is " + limit + "; expected 0 or more");
		}
		this.limit = limit;
	}

	/**
	 * Create a limit that permits any number.
	 * @return the limit
	 */
	public static PrimaryFallbackLimit unlimited() {
		return new PrimaryFallbackLimit(Integer.MAX_VALUE);
	}

	/**
	 * Acquire a permit, if there is one.
	 * @return whether there was one; it must be released
	 */
	boolean tryAcquire() {
		int taken = this.current.get();
		while (taken < this.limit) {
			if (this.current.compareAndSet(taken, taken + 1)) {
				return true;
			}
			taken = this.current.get();
		}
		this.rejected.increment();
		return false;
	}

	void release() {
		this.current.decrementAndGet();
	}

	int limit() {
		return this.limit;
	}

	/**
	 * Return how many such connections are on the primary now.
	 * @return the connections
	 */
	public int current() {
		return this.current.get();
	}

	/**
	 * Return how many were rejected since the start.
	 * @return the count
	 */
	public long rejected() {
		return this.rejected.sum();
	}

}
