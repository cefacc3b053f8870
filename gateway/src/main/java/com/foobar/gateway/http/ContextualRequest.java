package com.foobar.gateway.http;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request that carries its {@link RequestContext} along.
 */
public final class ContextualRequest extends ServerHttpRequestDecorator {

	private final RequestContext visit;

	public ContextualRequest(ServerHttpRequest request, RequestContext visit) {
		super(request);
		this.visit = visit;
	}

	RequestContext visit() {
		return this.visit;
	}

}
