package com.foobar.gateway.admin;

import com.foobar.gateway.settings.InvalidSettingException;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
class AdminConfiguration {

	@Bean
	AdminPassword adminPassword(AdminProperties properties, Environment environment) {
		requirePortOfItsOwn(environment);
		return new AdminPassword(properties.passwordFile());
	}

	// On the site's own port no filter would protect the changes.
	private static void requirePortOfItsOwn(Environment environment) {
		if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
			throw new InvalidSettingException(
					"management.server.port is " + environment.getProperty("management.server.port", "not set")
							+ ", and so the site's own port; expected a port of its own",
					"Set management.server.port to a port that only operators and monitoring reach, such as 9090.");
		}
	}

}
