package com.foobar.gateway.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ClientsProperties.class, RateProperties.class, LoadProperties.class })
class LimitConfiguration {

	@Bean
	Limits limits(ClientsProperties clients, RateProperties rate, LoadProperties load, MeterRegistry registry) {
		Admission admission = new Admission(load.maxRequests(), load.maxQueued(), load.queueTimeout());
		Gauge.builder("gateway.requests.active", admission, Admission::underWay)
			.description("Requests that have a place")
			.register(registry);
		Gauge.builder("gateway.requests.queued", admission, Admission::waiting)
			.description("Requests that wait for a place")
			.register(registry);
		return new Limits(clients.rules(),
				new RateLimit(rate.requests(), rate.window(), rate.maxClients(), System::nanoTime), admission);
	}

}
