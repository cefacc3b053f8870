package com.foobar.gateway.server;

import com.foobar.gateway.http.InternalPaths;
import com.foobar.gateway.http.Problem.ProblemException;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.ResponseHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Passes a request to the route that it matches, or fails with 404. Internal paths match
 * none, whatever the routes are. Spring's own dispatcher would look for controllers,
 * functions, endpoints and files first, for each request, and the public port has nothing
 * but routes.
 * <p>
 * Spring responds to every CORS preflight with an empty 200 that permits nothing, even
 * where CORS is not configured: then the preflight is forwarded to the service, which
 * knows what it permits. Where CORS is configured for a route, Spring's response is sent,
 * with the headers that all responses have.
 */
class RouteDispatcher extends RoutePredicateHandlerMapping implements WebHandler {

	/** On exchanges for whose address CORS is not configured. */
	private static final String UNCONFIGURED = RouteDispatcher.class.getName() + ".unconfigured";

	private final FilteringWebHandler forwarding;

	private final InternalPaths internal;

	private final ResponseHeaders responseHeaders;

	RouteDispatcher(FilteringWebHandler forwarding, RouteLocator routes, GlobalCorsProperties cors,
			Environment environment, InternalPaths internal, ResponseHeaders responseHeaders) {
		super(forwarding, routes, cors, environment);
		this.forwarding = forwarding;
		this.internal = internal;
		this.responseHeaders = responseHeaders;
		setCorsProcessor(new Processor());
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return getHandler(exchange).switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)))
			.flatMap((handler) -> ((WebHandler) handler).handle(exchange));
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		// What an instance says of itself is for the gateway, not for the world.
		if (this.internal.contain(exchange.getRequest().getURI().getRawPath())) {
			return Mono.empty();
		}
		return super.getHandler(exchange).map((handler) -> {
			if (handler == this.forwarding) {
				return handler;
			}
			return (exchange.getAttributes().remove(UNCONFIGURED) != null) ? this.forwarding
					: (WebHandler) this::respondToPreflight;
		});
	}

	// The response has the headers of the CORS decision, or 403.
	private Mono<Void> respondToPreflight(ServerWebExchange exchange) {
		if (HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())) {
			// Spring would set it again once the problem is written.
			exchange.getResponse().setStatusCode(null);
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.FORBIDDEN,
					"This site's rules for other origins (CORS) do not permit the request.")));
		}
		RequestContext context = RequestContext.of(exchange.getRequest());
		if (context != null) {
			HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
			this.responseHeaders.complete(response.responseHeaders(), context);
		}
		return exchange.getResponse().setComplete();
	}

	private static final class Processor extends DefaultCorsProcessor {

		@Override
		public boolean process(@Nullable CorsConfiguration configuration, ServerWebExchange exchange) {
			if (configuration == null && CorsUtils.isPreFlightRequest(exchange.getRequest())) {
				exchange.getAttributes().put(UNCONFIGURED, true);
				return true;
			}
			return super.process(configuration, exchange);
		}

	}

}
