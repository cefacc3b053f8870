package com.foobar.gateway.proxy;

import io.netty.handler.codec.http.HttpMethod;

/**
 * May this request be tried again, on another backend?
 * <p>
 * What was never sent is repeated whatever its method. What may have been carried out is
 * repeated only if carrying it out twice is the same as once <em>and</em> its body is not
 * spent: GET, HEAD, OPTIONS, PUT and DELETE without a body. A request that ran into the
 * time-out is not repeated: whatever made one backend slow would then be asked twice as
 * much.
 *
 * How many backends there are plays no part: one that died may be gone from the name
 * service by the time the attempt to reach it gives up, and the request must still find
 * the others.
 *
 * @param maxAttempts the most attempts for one request, the first included
 * @param budget retries that each request adds to the budget, in percent
 * @param reserve most retries that the budget saves up
 * @param holdBack bytes of an answer that are held back until it is whole, so that it can
 * be had from another backend if it breaks off; 0 for none
 */
public record RetryPolicy(int maxAttempts, int budget, int reserve, int holdBack) {

	/**
	 * Decides.
	 * @param failure how the last attempt failed
	 * @param method method of the request
	 * @param body whether the request has a body
	 * @param attempts attempts so far
	 */
	public boolean mayRetry(Failure failure, HttpMethod method, boolean body, int attempts) {
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
		return isSafe(method) || HttpMethod.DELETE.equals(method) || HttpMethod.PUT.equals(method);
	}

	/**
	 * Whether a method asks for nothing to be changed (RFC 9110, section 9.2.1).
	 * @param method the method
	 */
	public static boolean isSafe(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method);
	}

}
