package com.foobar.gateway.edge;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request that carries its {@link Visit} along.
 */
final class VisitedRequest extends ServerHttpRequestDecorator {

	private final Visit visit;

	VisitedRequest(ServerHttpRequest request, Visit visit) {
		super(request);
		this.visit = visit;
	}

	Visit visit() {
		return this.visit;
	}

}
