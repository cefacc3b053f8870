package com.foobar.routing;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;

/**
 * What a read must find on the replica that serves it. Immutable.
 *
 * @param transactions what the replica must have executed
 * @param patience how long the read may wait for it; zero when it must not wait
 */
record Demand(GtidSet transactions, Duration patience) {

	static final Demand NOTHING = new Demand(GtidSet.NONE, Duration.ZERO);

	boolean isNothing() {
		return this.transactions.isEmpty();
	}

	Demand withoutWaiting() {
		return new Demand(this.transactions, Duration.ZERO);
	}

}
