package com.foobar.gateway.health;

import java.time.Clock;

import com.foobar.gateway.backends.Backends;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ HealthProperties.class, EjectionProperties.class })
class HealthConfiguration {

	@Bean
	HealthMonitor healthMonitor(Backends backends, HealthProperties properties) {
		return new HealthMonitor(backends, new HttpReadinessCheck(properties), properties, Clock.systemUTC());
	}

	@Bean
	PassiveChecks passiveChecks(Backends backends, EjectionProperties properties) {
		return new PassiveChecks(backends, properties.rules(), Clock.systemUTC());
	}

}
