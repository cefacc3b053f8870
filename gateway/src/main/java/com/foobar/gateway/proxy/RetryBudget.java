package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what retries add to the load: each request earns a fraction of a retry, each
 * retry spends one. A backend that dies fails many requests at one moment, and all of
 * them find their retry in what was saved up; backends that fail for long do not get
 * every request twice.
 * <p>
 * Thread-safe.
 */
final class RetryBudget {

	private static final int RETRY = 100;

	private final int earned;

	private final long most;

	/** In hundredths of a retry. */
	private final AtomicLong saved;

	/**
	 * @param percent retries that a hundred requests earn
	 * @param burst most retries that are saved up; there from the start
	 */
	RetryBudget(int percent, int burst) {
		this.earned = percent;
		this.most = (long) burst * RETRY;
		this.saved = new AtomicLong(this.most);
	}

	/** Adds the share of one request. */
	void earn() {
		// Races may exceed the most by a few requests' worth, which does not matter.
		if (this.saved.get() < this.most) {
			this.saved.addAndGet(this.earned);
		}
	}

	/** Takes one retry; false if there is none. */
	boolean spend() {
		long before = this.saved.get();
		while (before >= RETRY) {
			if (this.saved.compareAndSet(before, before - RETRY)) {
				return true;
			}
			before = this.saved.get();
		}
		return false;
	}

}
