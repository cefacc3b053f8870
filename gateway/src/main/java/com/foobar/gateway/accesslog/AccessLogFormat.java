package com.foobar.gateway.accesslog;

/**
 * The format of the access log.
 */
public enum AccessLogFormat {

	/** The combined format of Apache and nginx, followed by fields {@code name=value}. */
	COMBINED,

	/** One JSON object per line. */
	JSON

}
