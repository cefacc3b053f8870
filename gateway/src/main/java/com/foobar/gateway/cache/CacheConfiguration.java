package com.foobar.gateway.cache;

import java.time.Clock;

import com.foobar.gateway.http.ResponseHeaders;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {

	@Bean
	@ConditionalOnProperty(name = "gateway.cache.enabled", matchIfMissing = true)
	CacheFilter cacheFilter(CacheProperties properties, ResponseHeaders responseHeaders, MeterRegistry registry) {
		ResponseCache store = new ResponseCache(properties.size().toBytes());
		return new CacheFilter(store,
				new CachingRules(properties.maxLifetime(), new RevalidationTriggers(properties.revalidateOn())),
				properties, responseHeaders, new CacheMeters(registry, store), Clock.systemUTC());
	}

}
