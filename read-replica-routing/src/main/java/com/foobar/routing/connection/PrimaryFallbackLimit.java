package com.foobar.routing.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the read-only connections that are on the primary because no replica may serve
 * them, and allows no more than so many: when all replicas are out, their reads must not
 * take the primary down as well. Thread-safe and lock-free.
 */
public final class PrimaryFallbackLimit {

	private final int limit;

	private final AtomicInteger current = new AtomicInteger();

	private final LongAdder refused = new LongAdder();

	/**
	 * Create a cap.
	 * @param limit how many may be there at a time, 0 or more
	 */
	public PrimaryFallbackLimit(int limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("limit is " + limit + "; expected 0 or more");
		}
		this.limit = limit;
	}

	/**
	 * Without a cap.
	 * @return one that allows any number
	 */
	public static PrimaryFallbackLimit unlimited() {
		return new PrimaryFallbackLimit(Integer.MAX_VALUE);
	}

	/**
	 * Take a place. Of those who try at the same time as many get one as there are
	 * places.
	 * @return whether there was one; whoever got it must leave
	 */
	boolean enter() {
		int taken = this.current.get();
		while (taken < this.limit) {
			if (this.current.compareAndSet(taken, taken + 1)) {
				return true;
			}
			taken = this.current.get();
		}
		this.refused.increment();
		return false;
	}

	void leave() {
		this.current.decrementAndGet();
	}

	int limit() {
		return this.limit;
	}

	/**
	 * How many are on the primary now.
	 * @return the connections
	 */
	public int current() {
		return this.current.get();
	}

	/**
	 * How often one was refused since the start.
	 * @return the count
	 */
	public long refused() {
		return this.refused.sum();
	}

}
