package com.foobar.gateway.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * May this address try a password? Each address may be wrong some times in a row, and
 * then once in a while; only failures count. What is remembered is bounded: of very many
 * addresses the ones that have been quiet for longest are forgotten.
 * <p>
 * Thread-safe.
 */
final class WrongPasswords {

	/** Wrong passwords at once; one more each {@link #PAUSE}. */
	static final int BURST = 10;

	/** Time that one wrong password is held against an address. */
	static final Duration PAUSE = Duration.ofSeconds(6);

	private static final int MAX_ADDRESSES = 1000;

	/** By address, the time until which its failures count, in nanoseconds. */
	private final Map<String, Long> failures = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Whether it may. What may be tried counts as wrong until {@link #right} takes that
	 * back: of many that come at once, no more are tried than may be wrong.
	 * @param address who asks
	 * @param now nanoseconds, of any one clock
	 */
	synchronized boolean attempt(String address, long now) {
		Long until = this.failures.get(address);
		long from = (until != null && until - now > 0) ? until : now;
		if (from - now > PAUSE.toNanos() * (BURST - 1)) {
			return false;
		}
		this.failures.put(address, from + PAUSE.toNanos());
		if (this.failures.size() > MAX_ADDRESSES) {
			this.failures.remove(this.failures.keySet().iterator().next());
		}
		return true;
	}

	/**
	 * Takes back that an attempt counts, since the password was right.
	 * @param address who asked
	 */
	synchronized void right(String address) {
		this.failures.computeIfPresent(address, (key, until) -> until - PAUSE.toNanos());
	}

}
