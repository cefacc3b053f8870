package com.foobar.gateway.balance;

import java.util.List;

import com.foobar.gateway.backends.Backend;

/**
 * Which of these backends serves this request?
 * <p>
 * A pure function, called on an event loop for every attempt: it must not block, and has
 * no state of its own.
 */
@FunctionalInterface
public interface Balancer {

	/**
	 * Chooses one backend.
	 * @param usable backends that may be chosen; never empty; in an order that changes
	 * only when the set does
	 * @param arrival the request
	 * @return one of {@code usable}
	 */
	Backend choose(List<Backend> usable, Arrival arrival);

}
