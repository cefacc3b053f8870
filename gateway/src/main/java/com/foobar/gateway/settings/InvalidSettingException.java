package com.foobar.gateway.settings;

/**
 * A setting has a value that the gateway cannot work with; it stops the start.
 */
public class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String action;

	public InvalidSettingException(String found, String action) {
		super(found);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
