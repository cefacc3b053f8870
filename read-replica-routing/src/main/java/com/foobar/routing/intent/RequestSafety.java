package com.foobar.routing.intent;

/**
 * What the HTTP method says of the request that the current thread serves.
 */
public enum RequestSafety {

	/** The thread serves no request, or it is not known which. */
	NONE,

	/** The method is defined as read-only: GET, HEAD, OPTIONS, TRACE (RFC 9110 9.2.1). */
	SAFE,

	/** Any other method. */
	UNSAFE

}
