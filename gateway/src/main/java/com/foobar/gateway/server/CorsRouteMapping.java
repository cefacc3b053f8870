package com.foobar.gateway.server;

import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemException;
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
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The routes, with CORS preflights where they belong. Spring answers each of them itself,
 * with an empty 200 that permits nothing, even where nothing says what is permitted: then
 * the service behind, which knows, must be asked. Where CORS is configured for a route,
 * Spring's response stands, with the headers that all responses have.
 */
class CorsRouteMapping extends RoutePredicateHandlerMapping {

	/** On exchanges for whose address CORS is not configured. */
	private static final String UNCONFIGURED = CorsRouteMapping.class.getName() + ".unconfigured";

	private final FilteringWebHandler forwarding;

	private final ResponseHeaders answerHeaders;

	CorsRouteMapping(FilteringWebHandler forwarding, RouteLocator routes, GlobalCorsProperties cors,
			Environment environment, ResponseHeaders answerHeaders) {
		super(forwarding, routes, cors, environment);
		this.forwarding = forwarding;
		this.answerHeaders = answerHeaders;
		setCorsProcessor(new Processor());
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		return super.getHandler(exchange).map((handler) -> {
			if (handler == this.forwarding) {
				return handler;
			}
			return (exchange.getAttributes().remove(UNCONFIGURED) != null) ? this.forwarding
					: (WebHandler) this::answerForService;
		});
	}

	// What Spring decided is in the response already: that, or why not.
	private Mono<Void> answerForService(ServerWebExchange exchange) {
		if (HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())) {
			// Spring would set it again once the problem is written.
			exchange.getResponse().setStatusCode(null);
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.FORBIDDEN,
					"This site's rules for other origins (CORS) do not permit the request.")));
		}
		RequestContext visit = RequestContext.of(exchange.getRequest());
		if (visit != null) {
			HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
			this.answerHeaders.complete(response.responseHeaders(), visit);
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
