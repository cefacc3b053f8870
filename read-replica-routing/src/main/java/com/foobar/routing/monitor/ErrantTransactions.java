package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;

/**
 * Answers "which transactions of replicas will the primary never have?": those that it
 * lacked in two probes some time apart. One probe is not enough, since a replica may
 * report a transaction before the primary counts it as executed. Immutable.
 *
 * @param transactions those that were missing twice
 * @param suspects those that were missing in an earlier probe
 * @param since when that probe started, by {@link System#nanoTime()}
 */
record ErrantTransactions(GtidSet transactions, GtidSet suspects, long since) {

	static final ErrantTransactions NONE = new ErrantTransactions(GtidSet.NONE, GtidSet.NONE, 0);

	private static final long APART = Duration.ofSeconds(1).toNanos();

	/**
	 * Record a probe of the primary.
	 * @param missing what replicas had before the probe, and the primary lacked
	 * @param began when the probe started
	 * @return the state after it
	 */
	ErrantTransactions next(GtidSet missing, long began) {
		if (missing.isEmpty()) {
			return NONE;
		}
		if (this.suspects.isEmpty()) {
			return new ErrantTransactions(GtidSet.NONE, missing, began);
		}
		if (began - this.since < APART) {
			return new ErrantTransactions(missing.retain(this.transactions), this.suspects, this.since);
		}
		return new ErrantTransactions(missing.retain(this.suspects), missing, began);
	}

}
