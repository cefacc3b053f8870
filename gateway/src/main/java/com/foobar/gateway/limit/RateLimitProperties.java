package com.foobar.gateway.limit;

import java.time.Duration;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rate limit of each client address.
 *
 * @param requests requests of one client in each window, which may arrive as one burst;
 * 0, the default, disables the limit
 * @param window time in which that number of requests becomes available again, in whole
 * seconds
 * @param maxClients clients counted at the same time; beyond it those with the fewest
 * requests are no longer counted
 */
@ConfigurationProperties("gateway.rate-limit")
record RateLimitProperties(@DefaultValue("0") int requests, @DefaultValue("60s") Duration window,
		@DefaultValue("100000") int maxClients) {

	RateLimitProperties {
		Require.between("gateway.rate-limit.requests", requests, 0, 10_000_000);
		Require.between("gateway.rate-limit.max-clients", maxClients, 1, 10_000_000);
		// The headers RateLimit and RateLimit-Policy have whole seconds.
		if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0
				|| !window.equals(Duration.ofSeconds(window.toSeconds()))) {
			throw new InvalidSettingException(
					"gateway.rate-limit.window is " + window + "; expected whole seconds from 1s to 1d",
					"Set gateway.rate-limit.window to a duration such as 1s or 60s.");
		}
	}

}
