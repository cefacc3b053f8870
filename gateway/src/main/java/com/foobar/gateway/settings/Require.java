package com.foobar.gateway.settings;

import java.time.Duration;

/**
 * Checks shared by the settings records; each throws {@link InvalidSettingException}.
 */
public final class Require {

	private Require() {
	}

	/**
	 * A duration longer than zero.
	 * @param name full name of the property
	 * @param value its value
	 */
	public static void positive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new InvalidSettingException(name + " is " + value + "; expected a positive duration",
					"Set " + name + " to a duration such as 1s or 500ms.");
		}
	}

	/**
	 * A number within bounds, both included.
	 * @param name full name of the property
	 * @param value its value
	 * @param from the smallest valid value
	 * @param to the largest valid value
	 */
	public static void between(String name, long value, long from, long to) {
		if (value < from || value > to) {
			throw new InvalidSettingException(name + " is " + value + "; expected a number from " + from + " to " + to,
					"Set " + name + " to a number from " + from + " to " + to + ".");
		}
	}

}
