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

	/** A problem without {@code Retry-After}. */
	public static Problem of(HttpResponseStatus status, String detail) {
		return new Problem(status, detail, 0);
	}

	/** A problem with status 503 and {@code Retry-After}. */
	public static Problem unavailable(String detail) {
		return new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, detail, 2);
	}

	/**
	 * Ends a request with a {@link Problem}. An expected outcome, so it has no stack
	 * trace.
	 */
	public static class ProblemException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Problem problem;

		public ProblemException(Problem problem) {
			super(problem.detail(), null, false, false);
			this.problem = problem;
		}

		/** The response. */
		public Problem problem() {
			return this.problem;
		}

	}

}
