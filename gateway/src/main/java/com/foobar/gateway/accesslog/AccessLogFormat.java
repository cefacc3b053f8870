package com.foobar.gateway.accesslog;

/**
 * How the access log writes a request.
 */
public enum AccessLogFormat {

	/** As Apache and nginx do, with further fields as {@code name=value} behind. */
	COMBINED,

	/** One JSON object for each line. */
	JSON

}
