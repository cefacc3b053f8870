package com.foobar.gateway.forward;

import com.foobar.gateway.edge.Visit;
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
class ForwardFilter implements GlobalFilter, Ordered {

	private final Forwarder forwarder;

	ForwardFilter(Forwarder forwarder) {
		this.forwarder = forwarder;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Visit visit = Visit.of(exchange.getRequest());
		if (visit == null) {
			return Mono.error(new IllegalStateException("A request that did not come in at the edge is not forwarded"));
		}
		// A filter before this one may subscribe later, again or never: what is counted
		// is
		// counted when the request is on its way.
		return Mono.defer(() -> new Forwarding(this.forwarder,
				Incoming.of(ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()),
						ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()), visit,
						exchange.getAttribute(AnswerTap.ATTRIBUTE)))
			.run());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
