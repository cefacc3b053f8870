package com.foobar.gateway.loadbalancer;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadBalancerProperties.class)
class LoadBalancerConfiguration {

	@Bean
	LoadBalancer balancer(LoadBalancerProperties properties) {
		return properties.algorithm().balancer();
	}

}
