package com.foobar.gateway.settings;

import java.time.Duration;

/**
 * Checks shared by the settings records; each throws {@link InvalidSettingException}.
 */
public final class Require {

	/**
	 * So many milliseconds still fit into an int, as time-outs of connections have to.
	 */
	private static final Duration LONGEST = Duration.ofDays(24);

	private Require() {
	}

	/**
	 * A duration from a millisecond to 24 days. A shorter one would count as none, which
	 * for many time-outs is for ever.
	 * @param name full name of the property
	 * @param value its value
	 */
	public static void positive(String name, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException(name + " is " + value + "; expected a duration from 1ms to 24d",
					"Set " + name + " to a duration such as 1s or 500ms.");
		}
	}

	/**
	 * A duration that may be zero.
	 * @param name full name of the property
	 * @param value its value
	 */
	public static void notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidSettingException(name + " is " + value + "; expected zero or a positive duration",
					"Set " + name + " to a duration such as 10s, or to 0s for none.");
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
