package com.foobar.gateway.balance;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BalanceProperties.class)
class BalanceConfiguration {

	@Bean
	Balancer balancer(BalanceProperties properties) {
		return properties.algorithm().balancer();
	}

}
