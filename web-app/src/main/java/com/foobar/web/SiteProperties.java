package com.foobar.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one instance of the site.
 *
 * @param instance name shown to clients and in logs; by default the container's name in
 * the DNS of Compose, else the host name
 * @param serverTiming whether the header Server-Timing and the footer of pages show the
 * instance and the database nodes of each request
 * @param shutdownDelay how long requests are served after readiness is refused, so that
 * every load balancer notices before the port closes; zero stops at once
 * @param maxBodySize maximum size of a request body
 * @param demoContent whether sample notices are inserted at startup if there are none
 * @param seedNotices how many notices are inserted for measurements before the
 * application exits; by default it serves instead
 */
@ConfigurationProperties(SiteProperties.PREFIX)
public record SiteProperties(@Nullable String instance, @DefaultValue("false") boolean serverTiming,
		@DefaultValue("0s") Duration shutdownDelay, @DefaultValue("128KB") DataSize maxBodySize,
		@DefaultValue("false") boolean demoContent, @Nullable Integer seedNotices) {

	static final String PREFIX = "foobar";

	public SiteProperties {
		if (shutdownDelay.isNegative()) {
			throw new IllegalArgumentException(
					PREFIX + ".shutdown-delay is " + shutdownDelay + "; expected zero or a duration such as 5s");
		}
		if (maxBodySize.toBytes() < 1) {
			throw new IllegalArgumentException(
					PREFIX + ".max-body-size is " + maxBodySize + "; expected a size such as 128KB");
		}
		if (seedNotices != null && seedNotices < 1) {
			throw new IllegalArgumentException(PREFIX + ".seed-notices is " + seedNotices + "; expected 1 or more");
		}
	}

}
