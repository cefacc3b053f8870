package com.foobar.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one instance of the site.
 *
 * @param instance name shown to clients and in logs; by default the name that Compose's
 * DNS gives the own address, else the host name
 * @param serverTiming whether each answer tells, in its {@code Server-Timing} header and
 * in the footer of pages, which instance and which database node it came from
 * @param shutdownDelay how long requests are still served after readiness was refused, so
 * that every load balancer has noticed before the server closes; zero stops at once
 * @param maxBodySize largest request body that is read
 * @param demoContent whether a few notices are put on the board while it is empty
 */
@ConfigurationProperties(SiteProperties.PREFIX)
public record SiteProperties(@Nullable String instance, @DefaultValue("false") boolean serverTiming,
		@DefaultValue("0s") Duration shutdownDelay, @DefaultValue("128KB") DataSize maxBodySize,
		@DefaultValue("false") boolean demoContent) {

	static final String PREFIX = "foobar";

	public SiteProperties {
		if (shutdownDelay.isNegative()) {
			throw new IllegalArgumentException(
					PREFIX + ".shutdown-lead is " + shutdownDelay + "; expected zero or a duration such as 5s");
		}
		if (maxBodySize.toBytes() < 1) {
			throw new IllegalArgumentException(
					PREFIX + ".max-body-size is " + maxBodySize + "; expected a size such as 128KB");
		}
	}

}
