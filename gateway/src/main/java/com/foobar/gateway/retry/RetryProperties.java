package com.foobar.gateway.retry;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a request is tried.
 *
 * @param maxAttempts most attempts for one request, the first included; 0 means as many
 * as there are backends, but three at most
 */
@ConfigurationProperties("gateway.retry")
record RetryProperties(@DefaultValue("0") int maxAttempts) {

	RetryProperties {
		Require.between("gateway.retry.max-attempts", maxAttempts, 0, 10);
	}

}
