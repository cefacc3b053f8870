package com.foobar.gateway.http;

/**
 * Ends a request with a {@link Problem}. An expected outcome, so it has no stack trace.
 */
public class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	/**
	 * @param problem the response
	 */
	public ProblemException(Problem problem) {
		super(problem.detail(), null, false, false);
		this.problem = problem;
	}

	/** The response. */
	public Problem problem() {
		return this.problem;
	}

}
