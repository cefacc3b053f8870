package com.foobar.routing;

/**
 * Drains replicas, for maintenance. Thread-safe; affects this instance of the application
 * until it ends.
 */
public interface ReplicaControl {

	/**
	 * Send no new reads to a replica; active ones continue.
	 * @param name the name of the replica
	 * @throws IllegalArgumentException if there is no such replica
	 */
	void drain(String name);

	/**
	 * Send reads to a drained replica again, if it is eligible.
	 * @param name the name of the replica
	 * @throws IllegalArgumentException if there is no such replica
	 */
	void undrain(String name);

}
