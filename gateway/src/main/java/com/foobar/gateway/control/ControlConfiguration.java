package com.foobar.gateway.control;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ControlProperties.class)
class ControlConfiguration {

	@Bean
	ControlPassword controlPassword(ControlProperties properties) {
		return new ControlPassword(properties.passwordFile());
	}

}
