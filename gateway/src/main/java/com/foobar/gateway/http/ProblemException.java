package com.foobar.gateway.http;

/**
 * Ends a request with a {@link Problem}. It is an answer rather than a fault and has no
 * stack trace.
 */
public class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	/**
	 * @param problem the answer
	 */
	public ProblemException(Problem problem) {
		super(problem.detail(), null, false, false);
		this.problem = problem;
	}

	/** The answer. */
	public Problem problem() {
		return this.problem;
	}

}
