package com.foobar.routing;

import java.time.Duration;

/**
 * The current state of the database servers. Thread-safe.
 */
@FunctionalInterface
public interface Topology {

	/**
	 * Return the newest snapshot. Never blocks and never queries a server.
	 * @return an immutable snapshot
	 */
	TopologySnapshot snapshot();

	/**
	 * Wait for a newer snapshot. By default there is none.
	 * @param seen the snapshot that is not good enough
	 * @param timeout how long to wait at most
	 * @return whether there is a newer one
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	default boolean awaitChange(TopologySnapshot seen, Duration timeout) throws InterruptedException {
		return false;
	}

}
