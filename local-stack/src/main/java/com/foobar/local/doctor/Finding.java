package com.foobar.local.doctor;

/**
 * The outcome of one check.
 *
 * @param severity how bad it is
 * @param subject what was checked
 * @param text what was found and, unless it is good, what was expected and the remedy
 */
public record Finding(Severity severity, String subject, String text) {

	/**
	 * How bad a finding is.
	 */
	public enum Severity {

		/** As it should be. */
		GOOD,

		/** It may work. */
		WARNING,

		/** It cannot work: nothing is started. */
		PROBLEM

	}

	static Finding good(String subject, String text) {
		return new Finding(Severity.GOOD, subject, text);
	}

	static Finding warning(String subject, String text) {
		return new Finding(Severity.WARNING, subject, text);
	}

	static Finding problem(String subject, String text) {
		return new Finding(Severity.PROBLEM, subject, text);
	}

}
