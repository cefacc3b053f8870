package com.foobar.routing;

/**
 * Takes replicas out of use, for maintenance, and back. Thread-safe; holds for this
 * instance of the application until it ends.
 */
public interface ReplicaControl {

	/**
	 * Send no new reads to a replica; those that are under way go on.
	 * @param name the name of the replica
	 * @throws IllegalArgumentException if there is no such replica
	 */
	void drain(String name);

	/**
	 * Send reads to a drained replica again, if it is well.
	 * @param name the name of the replica
	 * @throws IllegalArgumentException if there is no such replica
	 */
	void undrain(String name);

}
