package com.foobar.gateway.backend;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ BackendsProperties.class, EligibilityProperties.class })
class BackendsConfiguration {

	@Bean
	Backends backends(EligibilityProperties properties) {
		return new Backends(Clock.systemUTC(),
				new EligibilityRules(properties.slowStart(), properties.panicThreshold()));
	}

	@Bean
	AddressResolver addressResolver() {
		return AddressResolver.system();
	}

	@Bean
	BackendDiscovery backendDiscovery(BackendsProperties properties, Backends backends, AddressResolver resolver) {
		return new BackendDiscovery(properties, backends, resolver);
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
