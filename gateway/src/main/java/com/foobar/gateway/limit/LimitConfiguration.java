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
	IpFilter ipFilter(IpFilterProperties properties) {
		return properties.filter();
	}

	@Bean
	RateLimiter rateLimiter(RateLimitProperties properties) {
		return new RateLimiter(properties.requests(), properties.window(), properties.maxClients(), System::nanoTime);
	}

	@Bean
	ConcurrencyLimiter concurrencyLimiter(ConcurrencyProperties properties, MeterRegistry registry) {
		ConcurrencyLimiter limiter = new ConcurrencyLimiter(properties.maxRequests(), properties.maxQueued(),
				properties.queueTimeout());
		Gauge.builder("gateway.requests.active", limiter, ConcurrencyLimiter::active)
			.description("Requests that are active")
			.register(registry);
		Gauge.builder("gateway.requests.queued", limiter, ConcurrencyLimiter::queued)
			.description("Requests in the queue")
			.register(registry);
		return limiter;
	}

}
