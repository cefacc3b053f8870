package com.foobar.routing.consistency;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;

/**
 * The GTIDs that a read requires of the replica that serves it. Immutable.
 *
 * @param transactions the GTIDs that the replica must have executed
 * @param timeout how long the read may wait for them; zero if it must not wait
 */
public record RequiredGtids(GtidSet transactions, Duration timeout) {

	public static final RequiredGtids NONE = new RequiredGtids(GtidSet.NONE, Duration.ZERO);

	public boolean isNone() {
		return this.transactions.isEmpty();
	}

	public RequiredGtids withoutWaiting() {
		return new RequiredGtids(this.transactions, Duration.ZERO);
	}

}
