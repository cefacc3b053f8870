package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;

/**
 * Round robin by the number of the request. Ignores weights, and therefore slow start.
 */
final class RoundRobin implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> eligible, long sequence, int client) {
		return eligible.get((int) Long.remainderUnsigned(sequence, eligible.size())).backend();
	}

}
