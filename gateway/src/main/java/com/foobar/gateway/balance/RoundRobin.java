package com.foobar.gateway.balance;

import java.util.List;

import com.foobar.gateway.backends.Backend;

/**
 * Each in turn, by the number of the request.
 */
public final class RoundRobin implements Balancer {

	@Override
	public Backend choose(List<Backend> usable, Arrival arrival) {
		return usable.get((int) Long.remainderUnsigned(arrival.sequence(), usable.size()));
	}

}
