package com.foobar.routing.autoconfigure;

/**
 * The configuration cannot work. Stops the start, with a report of what to change.
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

}
