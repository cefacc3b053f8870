package com.foobar.gateway.backend;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which of the backends serve.
 *
 * @param slowStart time in which the share of a backend that has just come grows from a
 * tenth to all of its weight, such as 10s; zero, the default, gives it all at once
 * @param panicThreshold percentage of the backends that must be left for ejections to
 * count; below it the ejected serve as well
 */
@ConfigurationProperties("gateway.load-balancer")
record EligibilityProperties(@DefaultValue("0s") Duration slowStart, @DefaultValue("50") int panicThreshold) {

	EligibilityProperties {
		Require.notNegative("gateway.load-balancer.slow-start", slowStart);
		Require.between("gateway.load-balancer.panic-threshold", panicThreshold, 0, 100);
	}

}
