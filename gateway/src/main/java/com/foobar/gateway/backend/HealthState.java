package com.foobar.gateway.backend;

/**
 * The health of a backend. Only one that is {@link #UP} gets requests.
 */
public enum HealthState {

	/** Never checked. */
	UNKNOWN,

	/** Ready. */
	UP,

	/** A request could not be sent to it; excluded until a check succeeds. */
	SUSPECTED,

	/** It responds to its checks that it is not ready. */
	NOT_READY,

	/** It does not respond to its checks. */
	DOWN

}
