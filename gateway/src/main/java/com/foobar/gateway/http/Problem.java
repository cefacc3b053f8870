package com.foobar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer that the gateway gives itself (RFC 9457).
 *
 * @param status the status code
 * @param detail one sentence on what happened, for whoever reads the answer
 * @param retryAfter seconds after which the client may try again; 0 for nothing said
 */
public record Problem(HttpResponseStatus status, String detail, int retryAfter) {

	/**
	 * A problem about which the client need not be told when to come back.
	 * @param status the status code
	 * @param detail one sentence on what happened
	 */
	public static Problem of(HttpResponseStatus status, String detail) {
		return new Problem(status, detail, 0);
	}

	/**
	 * The service is not available for a while.
	 * @param detail one sentence on what happened
	 */
	public static Problem unavailable(String detail) {
		return new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, detail, 2);
	}

}
