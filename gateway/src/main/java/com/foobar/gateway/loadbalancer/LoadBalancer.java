package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;

/**
 * Which of these backends gets this request?
 * <p>
 * A function of its arguments, and of the active requests where the algorithm compares
 * them: the same numbers give the same backend. Called on event loops for every attempt,
 * so it is thread-safe and must not block.
 */
@FunctionalInterface
public interface LoadBalancer {

	/**
	 * Chooses one backend.
	 * @param eligible backends to choose from; never empty; in an order that changes only
	 * when the set does
	 * @param sequence number of the request in this gateway; wraps around
	 * @param client hash of the client's address
	 * @return the backend of one of {@code eligible}
	 */
	Backend choose(List<EligibleBackend> eligible, long sequence, int client);

}
