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
@EnableConfigurationProperties({ IpFilterProperties.class, RateLimitProperties.class, ConcurrencyProperties.class })
class LimitConfiguration {

	@Bean
	Limits limits(IpFilterProperties clients, RateLimitProperties rate, ConcurrencyProperties load,
			MeterRegistry registry) {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(load.maxRequests(), load.maxQueued(),
				load.queueTimeout());
		Gauge.builder("gateway.requests.active", admission, ConcurrencyLimiter::underWay)
			.description("Requests that have a place")
			.register(registry);
		Gauge.builder("gateway.requests.queued", admission, ConcurrencyLimiter::waiting)
			.description("Requests that wait for a place")
			.register(registry);
		return new Limits(clients.rules(),
				new RateLimiter(rate.requests(), rate.window(), rate.maxClients(), System::nanoTime), admission);
	}

}
