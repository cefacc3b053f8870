package com.foobar.gateway.proxy;

/**
 * How far did an attempt come before it failed?
 */
public enum Failure {

	/** Nothing was sent: no connection came about. */
	NOT_SENT,

	/**
	 * Sent, at least in part, and the connection ended before an answer that the client
	 * could be given.
	 */
	NO_RESPONSE,

	/** Sent, and no answer came in time. */
	TIMED_OUT,

	/** Sent, and the response could not be read. */
	UNREADABLE,

	/** The backend answered 502, 503 or 504. */
	UNAVAILABLE,

	/** The request itself failed: its client went away, or sent too much. */
	CLIENT

}
