package com.foobar.routing.servers;

import java.time.Duration;

/**
 * A replica that tests can stop, pause or delay.
 */
public interface ReplicaServer {

	String url();

	void stop();

	void start();

	/** Pauses the process: it accepts connections and does not respond. */
	void pause();

	void resume();

	/** Continues to receive transactions, and applies none. */
	void stopApplier();

	void startApplier();

	/** Neither receives nor applies. */
	void stopReplication();

	void startReplication();

	/** Applies each transaction after this delay, in whole seconds. */
	void delay(Duration delay);

}
