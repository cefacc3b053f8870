package com.foobar.gateway.backend;

/**
 * What the operator wants of a backend.
 */
public enum AdminState {

	/** To serve whenever it can. */
	READY,

	/** To finish what it has and to be sent nothing more. Checks go on. */
	DRAIN,

	/** As drain, and not to be checked either. */
	MAINTENANCE

}
