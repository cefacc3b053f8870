package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;

/**
 * Each in turn, by the number of the request. Weights, and with them slow start, have no
 * part in it.
 */
final class RoundRobin implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> usable, RequestKey arrival) {
		return usable.get((int) Long.remainderUnsigned(arrival.sequence(), usable.size())).backend();
	}

}
