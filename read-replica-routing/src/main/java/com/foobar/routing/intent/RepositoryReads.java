package com.foobar.routing.intent;

/**
 * Where a repository's own read-only transactions run: those that Spring Data opens for
 * {@code findById} and its like when the application has opened none. The application has
 * not said that it only reads, and often writes back what it has read.
 */
public enum RepositoryReads {

	/** On replicas, like transactions that the application declares read-only. */
	REPLICA,

	/**
	 * On replicas during an HTTP request whose method is safe (GET, HEAD, OPTIONS,
	 * TRACE); on the primary during other requests and outside requests.
	 */
	BY_REQUEST,

	/** On the primary. */
	PRIMARY

}
