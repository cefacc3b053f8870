package com.foobar.routing;

import java.time.Duration;

/**
 * Hears how long reads waited for the replica that was chosen for them. Called on the
 * reading thread, before the read runs there or goes to the primary. Thread-safe; returns
 * at once.
 */
@FunctionalInterface
public interface WaitListener {

	/**
	 * Called for each wait.
	 * @param replica the replica
	 * @param waited how long
	 * @param reached whether the replica had in time what the read depends on
	 */
	void onWaited(DatabaseNode replica, Duration waited, boolean reached);

}
