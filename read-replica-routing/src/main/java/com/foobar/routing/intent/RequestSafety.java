package com.foobar.routing.intent;

/**
 * The safety of the request that the current thread serves, by its HTTP method.
 */
public enum RequestSafety {

	/** The thread serves no request, or its request is unknown. */
	NONE,

	/** The method is defined as read-only: GET, HEAD, OPTIONS, TRACE (RFC 9110 9.2.1). */
	SAFE,

	/** Any other method. */
	UNSAFE

}
