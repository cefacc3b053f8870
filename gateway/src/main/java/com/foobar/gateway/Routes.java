package com.foobar.gateway;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The route table: what is forwarded, and where to. Which instance serves is the
 * balancer's choice, so the URI names the service only.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

	@Bean
	RouteLocator routeTable(RouteLocatorBuilder routes) {
		return routes.routes().route("web-app", (request) -> request.alwaysTrue().uri("http://web-app")).build();
	}

}
