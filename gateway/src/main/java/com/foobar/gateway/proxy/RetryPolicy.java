package com.foobar.gateway.proxy;

import io.netty.handler.codec.http.HttpMethod;

/**
 * May this request be tried again, on another backend?
 * <p>
 * A request that was never sent is retried whatever its method. One that may have been
 * carried out is retried only if its method is idempotent <em>and</em> it has no body:
 * GET, HEAD, OPTIONS, PUT and DELETE. A request that timed out is not retried: that would
 * double the load on whatever made the backend slow.
 * <p>
 * The number of backends does not matter: a failed one may be gone from the name service
 * by the time the connection attempt gives up, and the request must still reach the
 * others.
 *
 * @param maxAttempts the most attempts for one request, the first included
 */
record RetryPolicy(int maxAttempts) {

	/**
	 * Decides.
	 * @param failure how the last attempt failed
	 * @param method method of the request
	 * @param body whether the request has a body
	 * @param attempts attempts so far
	 */
	boolean mayRetry(Failure failure, HttpMethod method, boolean body, int attempts) {
		if (attempts >= this.maxAttempts) {
			return false;
		}
		return switch (failure) {
			case NOT_SENT -> true;
			case NO_RESPONSE, UNREADABLE -> isIdempotent(method) && !body;
			case UNAVAILABLE -> (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) && !body;
			case TIMED_OUT, CLIENT -> false;
		};
	}

	// RFC 9110, section 9.2.2. A PUT without a body is one, too.
	private static boolean isIdempotent(HttpMethod method) {
		return ProxyRequest.isSafe(method) || HttpMethod.DELETE.equals(method) || HttpMethod.PUT.equals(method);
	}

}
