package com.foobar.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the read-only connections that are on the primary, and allows no more than so
 * many: when all replicas are out, their reads must not take the primary down as well.
 * Thread-safe.
 */
final class Spill {

	private final int limit;

	private final AtomicInteger current = new AtomicInteger();

	Spill(int limit) {
		this.limit = limit;
	}

	boolean enter() {
		if (this.current.incrementAndGet() <= this.limit) {
			return true;
		}
		this.current.decrementAndGet();
		return false;
	}

	void leave() {
		this.current.decrementAndGet();
	}

	int limit() {
		return this.limit;
	}

}
