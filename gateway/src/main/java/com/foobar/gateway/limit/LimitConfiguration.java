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
	Limits limits(IpFilterProperties ipFilter, RateLimitProperties rate, ConcurrencyProperties concurrency,
			MeterRegistry registry) {
		ConcurrencyLimiter limiter = new ConcurrencyLimiter(concurrency.maxRequests(), concurrency.maxQueued(),
				concurrency.queueTimeout());
		Gauge.builder("gateway.requests.active", limiter, ConcurrencyLimiter::active)
			.description("Requests that are active")
			.register(registry);
		Gauge.builder("gateway.requests.queued", limiter, ConcurrencyLimiter::queued)
			.description("Requests in the queue")
			.register(registry);
		return new Limits(ipFilter.filter(),
				new RateLimiter(rate.requests(), rate.window(), rate.maxClients(), System::nanoTime), limiter);
	}

}
