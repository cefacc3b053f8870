package com.foobar.routing.gtid;

import java.time.Duration;

/**
 * Creates the query that makes a replica wait. The set is part of the text, which is safe
 * since it was parsed strictly and is formatted here. A parameter would cost a second
 * round trip with a driver that prepares statements on the server.
 */
final class WaitQuery {

	private WaitQuery() {
	}

	static String of(String function, GtidSet set, Duration timeout) {
		if (timeout.isZero() || timeout.isNegative()) {
			throw new IllegalArgumentException("timeout is " + timeout + "; expected a positive duration");
		}
		return "SELECT " + function + "('" + set + "', " + Math.max(timeout.toMillis(), 1) / 1000.0 + ")";
	}

}
