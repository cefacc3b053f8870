package com.foobar.gateway.backends;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ BackendsProperties.class, ServingProperties.class })
class BackendsConfiguration {

	@Bean
	Backends backends(ServingProperties properties) {
		return new Backends(Clock.systemUTC(), new ServingRules(properties.slowStart(), properties.panicThreshold()));
	}

	@Bean
	AddressLookup addressLookup() {
		return AddressLookup.system();
	}

	@Bean
	BackendDiscovery backendDiscovery(BackendsProperties properties, Backends backends, AddressLookup lookup) {
		return new BackendDiscovery(properties, backends, lookup);
	}

	@Bean
	BackendsEndpoint backendsEndpoint(Backends backends) {
		return new BackendsEndpoint(backends, Clock.systemUTC());
	}

	@Bean
	BackendsHealthIndicator backendsHealthIndicator(Backends backends) {
		return new BackendsHealthIndicator(backends);
	}

}
