package com.foobar.routing;

import java.time.Duration;

/**
 * Is notified of each wait of a read for the selected replica. Called on the reading
 * thread, before the read runs there or goes to the primary. Thread-safe; must not block.
 */
@FunctionalInterface
public interface WaitListener {

	/**
	 * Called for each wait.
	 * @param replica the replica
	 * @param waited how long the read waited
	 * @param reached whether the replica had the required GTIDs in time
	 */
	void onWaited(DatabaseNode replica, Duration waited, boolean reached);

}
