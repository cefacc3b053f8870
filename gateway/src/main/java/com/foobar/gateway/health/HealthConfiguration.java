package com.foobar.gateway.health;

import java.time.Clock;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.DatabaseReports;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ HealthProperties.class, OutlierDetectionProperties.class })
class HealthConfiguration {

	@Bean
	HealthMonitor healthMonitor(Backends backends, DatabaseReports databases, HealthProperties properties) {
		return new HealthMonitor(backends, databases, new HttpReadinessCheck(properties), properties,
				Clock.systemUTC());
	}

	@Bean
	OutlierDetector outlierDetector(Backends backends, OutlierDetectionProperties properties) {
		return new OutlierDetector(backends, properties.rules(), Clock.systemUTC());
	}

}
