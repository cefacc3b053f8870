package com.foobar.gateway.proxy;

import com.foobar.gateway.http.RequestContext;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * The last filter of every route: forwards the request. It stands in for Spring Cloud
 * Gateway's own routing, writing, retry and load balancing filters.
 */
class ProxyFilter implements GlobalFilter, Ordered {

	private final ProxyServices forwarder;

	ProxyFilter(ProxyServices forwarder) {
		this.forwarder = forwarder;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		RequestContext visit = RequestContext.of(exchange.getRequest());
		if (visit == null) {
			return Mono.error(new IllegalStateException("A request that did not come in at the edge is not forwarded"));
		}
		// A filter before this one may subscribe later, again or never: what is counted
		// is
		// counted when the request is on its way.
		return Mono.defer(() -> new ProxyExchange(this.forwarder,
				ProxyRequest.of(ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()),
						ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()), visit,
						exchange.getAttribute(ResponseInterceptor.ATTRIBUTE)))
			.run());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
