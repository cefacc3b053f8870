package com.foobar.gateway.health;

import java.time.Clock;

import com.foobar.gateway.backends.Backends;
import com.foobar.gateway.databases.DatabaseReports;

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
	HealthMonitor healthMonitor(Backends backends, DatabaseReports databases, HealthProperties properties) {
		return new HealthMonitor(backends, databases, new HttpReadinessCheck(properties), properties,
				Clock.systemUTC());
	}

	@Bean
	PassiveChecks passiveChecks(Backends backends, EjectionProperties properties) {
		return new PassiveChecks(backends, properties.rules(), Clock.systemUTC());
	}

}
