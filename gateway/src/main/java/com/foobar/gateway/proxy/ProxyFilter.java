package com.foobar.gateway.proxy;

import com.foobar.gateway.http.RequestContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * The last filter of every route: forwards the request. Replaces Spring Cloud Gateway's
 * own routing, writing, retry and load balancing filters.
 */
public final class ProxyFilter implements GlobalFilter, Ordered {

	private final ProxyRequest.Services services;

	ProxyFilter(ProxyRequest.Services services) {
		this.services = services;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return forward(exchange, null);
	}

	/**
	 * Forwards a request to a backend and its response to the client.
	 * @param exchange the request
	 * @param interceptor sees and may change the response; null for none
	 */
	public Mono<Void> forward(ServerWebExchange exchange, @Nullable ResponseInterceptor interceptor) {
		RequestContext context = RequestContext.of(exchange.getRequest());
		if (context == null) {
			return Mono.error(new IllegalStateException("Only requests to the public port are forwarded"));
		}
		// A filter may subscribe later, again or never: requests are counted on
		// subscription.
		return Mono.defer(() -> new ProxyExchange(
				ProxyRequest.of(this.services, ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()),
						ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()), context, interceptor))
			.run());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
