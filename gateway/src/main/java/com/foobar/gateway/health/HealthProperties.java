package com.foobar.gateway.health;

import java.time.Duration;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Health checks of the backends.
 *
 * @param path path of the readiness check
 * @param interval time from the start of one check to the start of the next
 * @param timeout timeout of a whole check, including the connection
 * @param rise consecutive successful checks after which a backend is up
 * @param fall consecutive failed checks after which a backend is down
 */
@ConfigurationProperties("gateway.health")
public record HealthProperties(@DefaultValue("/readyz") String path, @DefaultValue("1s") Duration interval,
		@DefaultValue("1s") Duration timeout, @DefaultValue("2") int rise, @DefaultValue("2") int fall) {

	/** Checks the values. */
	public HealthProperties {
		if (!path.startsWith("/")) {
			throw new InvalidSettingException("gateway.health.path is '" + path + "'; expected it to start with /",
					"Set gateway.health.path to a path such as /readyz.");
		}
		Require.positive("gateway.health.interval", interval);
		Require.positive("gateway.health.timeout", timeout);
		Require.between("gateway.health.rise", rise, 1, 100);
		Require.between("gateway.health.fall", fall, 1, 100);
	}

}
