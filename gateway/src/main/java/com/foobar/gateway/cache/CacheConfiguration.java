package com.foobar.gateway.cache;

import java.time.Clock;

import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.proxy.ProxyFilter;
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
	CacheFilter cacheFilter(ProxyFilter proxy, CacheProperties properties, ResponseHeaders responseHeaders,
			MeterRegistry registry) {
		ResponseCache store = new ResponseCache(properties.size().toBytes());
		CachingRules rules = new CachingRules(properties.maxLifetime(),
				new RevalidationTriggers(properties.revalidateOn()));
		return new CacheFilter(
				new CacheExchange.Services(proxy, store, rules, (int) properties.maxObjectSize().toBytes(),
						new CacheMeters(registry, store), responseHeaders, Clock.systemUTC()),
				properties.lockTimeout());
	}

}
