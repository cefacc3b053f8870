package com.foobar.gateway;

import com.foobar.gateway.health.HealthProperties;
import com.foobar.gateway.http.InternalPaths;

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
	RouteLocator routeTable(RouteLocatorBuilder routes, HealthProperties health) {
		InternalPaths internal = new InternalPaths(health.path());
		return routes.routes()
			.route("web-app", (request) -> request
				// What an instance says of itself is for the gateway, not for the world.
				.predicate((exchange) -> !internal.contain(exchange.getRequest().getURI().getRawPath()))
				.uri("http://web-app"))
			.build();
	}

}
