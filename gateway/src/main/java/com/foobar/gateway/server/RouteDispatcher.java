package com.foobar.gateway.server;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Hands a request to the route that it matches, or has it answered with 404. The site's
 * port has nothing but routes: Spring's own dispatcher would look for controllers,
 * functions, endpoints and files first, for each request.
 */
class RouteDispatcher implements WebHandler {

	private final RoutePredicateHandlerMapping routes;

	RouteDispatcher(RoutePredicateHandlerMapping routes) {
		this.routes = routes;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return this.routes.getHandler(exchange)
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
			.flatMap((handler) -> ((WebHandler) handler).handle(exchange));
	}

}
