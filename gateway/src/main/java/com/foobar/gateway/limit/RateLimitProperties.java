package com.foobar.gateway.limit;

import java.time.Duration;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often one client may ask.
 *
 * @param requests requests of one client in each window, which may come all at once; 0,
 * the default, for no limit
 * @param window the time in which as many become available again, in whole seconds
 * @param maxClients clients that are counted at the same time
 */
@ConfigurationProperties("gateway.rate-limit")
record RateLimitProperties(@DefaultValue("0") int requests, @DefaultValue("60s") Duration window,
		@DefaultValue("100000") int maxClients) {

	RateLimitProperties {
		Require.between("gateway.rate-limit.requests", requests, 0, 10_000_000);
		Require.between("gateway.rate-limit.max-clients", maxClients, 1, 10_000_000);
		// The headers that tell clients of it know only whole seconds.
		if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0
				|| !window.equals(Duration.ofSeconds(window.toSeconds()))) {
			throw new InvalidSettingException(
					"gateway.rate-limit.window is " + window + "; expected whole seconds from 1s to 1d",
					"Set gateway.rate-limit.window to a duration such as 1s or 60s.");
		}
	}

}
