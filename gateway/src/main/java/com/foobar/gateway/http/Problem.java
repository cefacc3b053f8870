package com.foobar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A response of the gateway itself (RFC 9457).
 *
 * @param status the status code
 * @param detail one sentence on what happened
 * @param retryAfter seconds for {@code Retry-After}; 0 for none
 */
public record Problem(HttpResponseStatus status, String detail, int retryAfter) {

	/**
	 * A problem without {@code Retry-After}.
	 * @param status the status code
	 * @param detail one sentence on what happened
	 */
	public static Problem of(HttpResponseStatus status, String detail) {
		return new Problem(status, detail, 0);
	}

	/**
	 * A problem with status 503 and {@code Retry-After}.
	 * @param detail one sentence on what happened
	 */
	public static Problem unavailable(String detail) {
		return new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, detail, 2);
	}

}
