package com.foobar.routing.intent;

/**
 * Where transactions that the application declares read-only run during an HTTP request
 * whose method is not safe (POST, PUT, PATCH, DELETE and all others but GET, HEAD,
 * OPTIONS, TRACE).
 */
public enum UnsafeRequests {

	/** On replicas, like anywhere else. */
	REPLICA,

	/** On the primary. */
	PRIMARY

}
