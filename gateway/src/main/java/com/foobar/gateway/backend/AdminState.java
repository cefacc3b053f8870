package com.foobar.gateway.backend;

/**
 * The administrative state of a backend.
 */
public enum AdminState {

	/** Serves whenever it is healthy. */
	READY,

	/** Gets no new requests and finishes its active ones. Health checks go on. */
	DRAIN,

	/** As drain, without health checks. */
	MAINTENANCE

}
