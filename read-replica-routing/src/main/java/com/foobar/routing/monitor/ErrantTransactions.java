package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;

/**
 * Answers "what do replicas have that the primary will never have?": what it lacked in
 * two looks that were some time apart. One look is not enough, since a replica may show a
 * transaction before the primary counts it as executed. Immutable.
 *
 * @param transactions those that were missing twice
 * @param suspects those that were missing in a look some time ago
 * @param since when that look began, by {@link System#nanoTime()}
 */
record ErrantTransactions(GtidSet transactions, GtidSet suspects, long since) {

	static final ErrantTransactions NONE = new ErrantTransactions(GtidSet.NONE, GtidSet.NONE, 0);

	private static final long APART = Duration.ofSeconds(1).toNanos();

	/**
	 * Take a look at the primary into account.
	 * @param missing what replicas had before the look, and the primary had not
	 * @param began when the look began
	 * @return what is known now
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
