package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
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
	BackendDiscovery backendDiscovery(BackendsProperties properties, Backends backends) {
		// Sees changes, because the gateway disables the JVM's own cache at startup.
		return new BackendDiscovery(properties, backends, (host) -> List.of(InetAddress.getAllByName(host)));
	}

	@Bean
	BackendsEndpoint backendsEndpoint(Backends backends) {
		return new BackendsEndpoint(backends, Clock.systemUTC());
	}

	@Bean
	DatabaseReports databaseReports(Backends backends) {
		DatabaseReports reports = new DatabaseReports();
		backends.subscribe(reports);
		return reports;
	}

	// Up while one backend is. Does not affect the gateway's readiness: another gateway
	// in front of the same backends would serve no better.
	@Bean
	HealthIndicator backendsHealthIndicator(Backends backends) {
		return () -> {
			BackendsSnapshot snapshot = backends.snapshot();
			return (snapshot.live().isEmpty() ? Health.down() : Health.up())
				.withDetail("known", snapshot.states().size())
				.withDetail("live", snapshot.live().size())
				.withDetail("writable", snapshot.writable().size())
				.build();
		};
	}

}
