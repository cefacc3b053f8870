package com.foobar.routing.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The configuration cannot work. Stops the start with a report of what to change.
 */
final class InvalidRoutingConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param description what was found and what was expected
	 * @param action what to do
	 */
	InvalidRoutingConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

	/**
	 * Reports the exception. Runs before the analyzer of binding failures, which would
	 * report the same failure with less detail.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Analyzer extends AbstractFailureAnalyzer<InvalidRoutingConfigurationException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, InvalidRoutingConfigurationException cause) {
			return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
		}

	}

}
