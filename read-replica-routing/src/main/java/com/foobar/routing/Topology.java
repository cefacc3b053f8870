package com.foobar.routing;

/**
 * Answers "what is known of the database servers now?". Thread-safe.
 */
@FunctionalInterface
public interface Topology {

	/**
	 * Return the newest picture. Never blocks and never talks to a server.
	 * @return an immutable snapshot
	 */
	TopologySnapshot snapshot();

}
