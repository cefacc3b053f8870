package com.foobar.gateway.proxy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetryProperties.class)
class RetryConfiguration {

	@Bean
	RetryPolicy retryPolicy(RetryProperties properties) {
		return new RetryPolicy(properties.maxAttempts(), properties.budget(), properties.budgetBurst(),
				(int) properties.responseBuffer().toBytes());
	}

}
