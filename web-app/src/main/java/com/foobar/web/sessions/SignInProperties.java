package com.foobar.web.sessions;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many failed sign-ins are suffered before the next one has to wait. Successes are
 * not counted: an office of hundreds shares one address.
 *
 * @param window the time in which failures are counted
 * @param perAccountAndAddress failures for one account from one network address
 * @param perAccount failures for one account, from anywhere
 * @param perAddress failures from one network address, for any account
 */
@ConfigurationProperties(SignInProperties.PREFIX)
record SignInProperties(@DefaultValue("15m") Duration window, @DefaultValue("10") int perAccountAndAddress,
		@DefaultValue("100") int perAccount, @DefaultValue("100") int perAddress) {

	static final String PREFIX = "foobar.sign-in";

	SignInProperties {
		if (window.isNegative() || window.isZero()) {
			throw new IllegalArgumentException(
					PREFIX + ".window is " + window + "; expected a positive duration such as 15m");
		}
		requirePositive("per-account-and-address", perAccountAndAddress);
		requirePositive("per-account", perAccount);
		requirePositive("per-address", perAddress);
	}

	private static void requirePositive(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(PREFIX + "." + name + " is " + value + "; expected 1 or more");
		}
	}

}
