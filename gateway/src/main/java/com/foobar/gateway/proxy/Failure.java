package com.foobar.gateway.proxy;

/**
 * How far did an attempt get before it failed?
 */
public enum Failure {

	/** Nothing was sent: no connection was established. */
	NOT_SENT,

	/**
	 * Sent, at least in part, and the connection ended before a response that the client
	 * could be sent.
	 */
	NO_RESPONSE,

	/** Sent, and no response was received in time. */
	TIMED_OUT,

	/** Sent, and the response could not be read. */
	UNREADABLE,

	/** The backend returned 502, 503 or 504. */
	UNAVAILABLE,

	/** The request itself failed: its client went away, or sent too much. */
	CLIENT

}
