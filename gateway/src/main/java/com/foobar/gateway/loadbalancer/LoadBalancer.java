package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;

/**
 * Which of these backends serves this request?
 * <p>
 * A function of its arguments, and of the requests in flight where an algorithm looks at
 * them; the same arrival is answered the same way. Called on event loops for every
 * attempt, so it is thread-safe and must not block.
 */
@FunctionalInterface
public interface LoadBalancer {

	/**
	 * Chooses one backend.
	 * @param usable backends that may be chosen; never empty; in an order that changes
	 * only when the set does
	 * @param arrival the request
	 * @return the backend of one of {@code usable}
	 */
	Backend choose(List<EligibleBackend> usable, RequestKey arrival);

}
