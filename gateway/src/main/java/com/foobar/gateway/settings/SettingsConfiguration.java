package com.foobar.gateway.settings;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	@Bean
	UnknownSettings unknownSettings(ApplicationContext context, ConfigurableEnvironment environment) {
		return new UnknownSettings(context, environment);
	}

}
