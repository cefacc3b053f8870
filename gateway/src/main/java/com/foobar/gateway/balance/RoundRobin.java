package com.foobar.gateway.balance;

import java.util.List;

import com.foobar.gateway.backends.Backend;
import com.foobar.gateway.backends.Candidate;

/**
 * Each in turn, by the number of the request. Weights, and with them slow start, have no
 * part in it.
 */
final class RoundRobin implements Balancer {

	@Override
	public Backend choose(List<Candidate> usable, Arrival arrival) {
		return usable.get((int) Long.remainderUnsigned(arrival.sequence(), usable.size())).backend();
	}

}
