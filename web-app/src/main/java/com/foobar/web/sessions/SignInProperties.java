package com.foobar.web.sessions;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of failed sign-ins. Successes are not counted, because many users may share one
 * address.
 *
 * @param window the period in which failures are counted
 * @param perAccount maximum failures for one account, from any address
 * @param perAddress maximum failures from one network address, for any account
 * @param perAccountAndAddress maximum failures for one account from one network address
 */
@ConfigurationProperties(SignInProperties.PREFIX)
record SignInProperties(@DefaultValue("15m") Duration window, @DefaultValue("100") int perAccount,
		@DefaultValue("100") int perAddress, @DefaultValue("10") int perAccountAndAddress) {

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
