package com.foobar.gateway.backend;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which backends are eligible, and with what weight.
 *
 * @param slowStart time in which the weight of a new backend grows from a tenth to its
 * full value, such as 10s; zero, the default, disables slow start
 * @param panicThreshold percentage of the backends that must not be ejected; below it
 * ejections are ignored
 */
@ConfigurationProperties("gateway.load-balancer")
record EligibilityProperties(@DefaultValue("0s") Duration slowStart, @DefaultValue("50") int panicThreshold) {

	EligibilityProperties {
		Require.notNegative("gateway.load-balancer.slow-start", slowStart);
		Require.between("gateway.load-balancer.panic-threshold", panicThreshold, 0, 100);
	}

}
