package com.foobar.routing.consistency;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;

/**
 * What a read must find on the replica that serves it. Immutable.
 *
 * @param transactions what the replica must have executed
 * @param patience how long the read may wait for it; zero when it must not wait
 */
public record RequiredGtids(GtidSet transactions, Duration patience) {

	public static final RequiredGtids NOTHING = new RequiredGtids(GtidSet.NONE, Duration.ZERO);

	public boolean isNothing() {
		return this.transactions.isEmpty();
	}

	public RequiredGtids withoutWaiting() {
		return new RequiredGtids(this.transactions, Duration.ZERO);
	}

}
