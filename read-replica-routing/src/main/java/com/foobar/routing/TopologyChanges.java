package com.foobar.routing;

import java.time.Duration;

/**
 * Answers "has anything changed since?", for those who can wait. Thread-safe.
 */
public interface TopologyChanges {

	/**
	 * Wait for a newer snapshot.
	 * @param seen the snapshot that is not good enough
	 * @param patience how long to wait at most
	 * @return whether there is a newer one
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	boolean awaitChange(TopologySnapshot seen, Duration patience) throws InterruptedException;

}
