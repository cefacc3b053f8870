package com.foobar.web.sessions;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sign-ins.
 *
 * @param keys keys for the tokens of sign-ins, each 32 bytes or more in base64url,
 * separated by blanks, commas or line ends; the first one signs, all verify. By default a
 * random key that no other instance has
 * @param idleTimeout how long a sign-in lasts without requests
 * @param absoluteTimeout how long a sign-in lasts at most
 * @param validationInterval how often the member is read again: a removed member or a
 * changed password takes effect within this time
 */
@ConfigurationProperties(SessionProperties.PREFIX)
public record SessionProperties(@Nullable String keys, @DefaultValue("30m") Duration idleTimeout,
		@DefaultValue("12h") Duration absoluteTimeout, @DefaultValue("1m") Duration validationInterval) {

	static final String PREFIX = "foobar.session";

	public SessionProperties {
		requirePositive("idle-timeout", idleTimeout);
		requirePositive("absolute-timeout", absoluteTimeout);
		requirePositive("validation-interval", validationInterval);
		if (validationInterval.compareTo(idleTimeout) >= 0) {
			throw new IllegalArgumentException(PREFIX + ".validation-interval is " + validationInterval
					+ "; expected less than " + PREFIX + ".idle-timeout, which is " + idleTimeout);
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(
					PREFIX + "." + name + " is " + value + "; expected a positive duration such as 30m");
		}
	}

	@Override
	public String toString() {
		return "SessionProperties[idleTimeout=" + this.idleTimeout + ", absoluteTimeout=" + this.absoluteTimeout
				+ ", validationInterval=" + this.validationInterval + "]";
	}

}
