package com.foobar.gateway.retry;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a request is tried.
 *
 * @param maxAttempts most attempts for one request, the first included, each at a backend
 * not tried before; from 1 to 10
 */
@ConfigurationProperties("gateway.retry")
record RetryProperties(@DefaultValue("3") int maxAttempts) {

	RetryProperties {
		Require.between("gateway.retry.max-attempts", maxAttempts, 1, 10);
	}

}
