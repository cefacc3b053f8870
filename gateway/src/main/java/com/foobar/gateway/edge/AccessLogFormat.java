package com.foobar.gateway.edge;

/**
 * How the access log writes a request.
 */
enum AccessLogFormat {

	/** As Apache and nginx do, with further fields as {@code name=value} behind. */
	COMBINED,

	/** One JSON object for each line. */
	JSON

}
