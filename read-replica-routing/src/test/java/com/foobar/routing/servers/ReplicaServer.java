package com.foobar.routing.servers;

import java.time.Duration;

/**
 * A replica that can be disturbed.
 */
public interface ReplicaServer {

	String url();

	void stop();

	void start();

	/** Hangs: takes connections and answers nothing. */
	void pause();

	void resume();

	/** Goes on fetching what the primary commits, and applies none of it. */
	void stopApplier();

	void startApplier();

	/** Neither fetches nor applies. */
	void stopReplication();

	void startReplication();

	/** Applies each transaction only when it is this old, in whole seconds. */
	void delay(Duration delay);

}
