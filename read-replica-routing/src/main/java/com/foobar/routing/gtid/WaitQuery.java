package com.foobar.routing.gtid;

import java.time.Duration;

/**
 * Writes the query that makes a replica wait. The set stands in the text, since it was
 * parsed strictly and is written anew here, and a parameter would cost a driver that
 * prepares on the server a second round trip.
 */
final class WaitQuery {

	private WaitQuery() {
	}

	static String of(String function, GtidSet set, Duration patience) {
		if (patience.isZero() || patience.isNegative()) {
			throw new IllegalArgumentException("patience is " + patience + "; expected a positive duration");
		}
		return "SELECT " + function + "('" + set + "', " + Math.max(patience.toMillis(), 1) / 1000.0 + ")";
	}

}
