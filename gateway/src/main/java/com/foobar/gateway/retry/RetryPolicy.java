package com.foobar.gateway.retry;

import io.netty.handler.codec.http.HttpMethod;

/**
 * May this request be tried again, on another backend?
 * <p>
 * What was never sent is repeated whatever its method. What may have been carried out is
 * repeated only if carrying it out twice is the same as once <em>and</em> its body is not
 * spent: GET, HEAD and OPTIONS without a body. A request that ran into the time-out is
 * not repeated: whatever made one backend slow would then be asked twice as much.
 *
 * @param maxAttempts the most attempts for one request, the first included; 0 means as
 * many as there are backends, but three at most
 */
public record RetryPolicy(int maxAttempts) {

	private static final int DEFAULT_CAP = 3;

	/**
	 * Decides.
	 * @param failure how the last attempt failed
	 * @param method method of the request
	 * @param body whether the request has a body
	 * @param attempts attempts so far
	 * @param backends number of backends there are
	 */
	public boolean mayRetry(Failure failure, HttpMethod method, boolean body, int attempts, int backends) {
		if (attempts >= limit(backends)) {
			return false;
		}
		return switch (failure) {
			case NOT_SENT -> true;
			case NO_ANSWER -> isSafe(method) && !body;
			case UNAVAILABLE -> (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) && !body;
			case TIMED_OUT, CLIENT -> false;
		};
	}

	private int limit(int backends) {
		return (this.maxAttempts > 0) ? this.maxAttempts : Math.min(DEFAULT_CAP, backends);
	}

	/**
	 * Whether a method asks for nothing to be changed (RFC 9110, section 9.2.1).
	 * @param method the method
	 */
	public static boolean isSafe(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method);
	}

}
