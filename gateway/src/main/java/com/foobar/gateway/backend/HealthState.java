package com.foobar.gateway.backend;

/**
 * What the gateway holds of a backend. Only {@link #UP} is sent requests.
 */
public enum HealthState {

	/** Never checked. */
	UNKNOWN,

	/** Ready. */
	UP,

	/** A request could not be carried there; left out until a check succeeds. */
	SUSPECTED,

	/** It answers, and says that it is not ready. */
	NOT_READY,

	/** It does not answer its checks. */
	DOWN

}
