package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;

/**
 * Round robin by the number of the request. Ignores weights, and therefore slow start.
 */
final class RoundRobin implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> eligible, RequestKey key) {
		return eligible.get((int) Long.remainderUnsigned(key.sequence(), eligible.size())).backend();
	}

}
