package com.foobar.gateway.cache;

import java.util.Locale;
import java.util.concurrent.Executor;

import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request at the cache. Used on its event loop.
 *
 * @param exchange as Spring Cloud Gateway knows it
 * @param chain what forwards it
 * @param request the request
 * @param response its response
 * @param visit its passage through the gateway
 * @param asked what it may be given
 * @param origin host, and port if there is one, that it is for; all comes over TLS
 * @param uri what answers are kept by
 */
record CacheExchange(ServerWebExchange exchange, GatewayFilterChain chain, HttpServerRequest request,
		HttpServerResponse response, RequestContext visit, CacheRequest asked, String origin, String uri) {

	private static final String DEFAULT_PORT = ":443";

	static CacheExchange of(ServerWebExchange exchange, GatewayFilterChain chain, HttpServerRequest request,
			HttpServerResponse response, RequestContext visit, RevalidationTriggers triggers) {
		HttpHeaders headers = request.requestHeaders();
		String origin = origin(headers.get(HttpHeaderNames.HOST, ""));
		return new CacheExchange(exchange, chain, request, response, visit,
				CacheRequest.of(request.method(), headers, triggers), origin, origin + request.uri());
	}

	/**
	 * An authority, the same for all ways to write it.
	 * @param authority host, and port if there is one
	 */
	static String origin(String authority) {
		String lower = authority.toLowerCase(Locale.ROOT);
		return lower.endsWith(DEFAULT_PORT) ? lower.substring(0, lower.length() - DEFAULT_PORT.length()) : lower;
	}

	HttpMethod method() {
		return this.request.method();
	}

	HttpHeaders headers() {
		return this.request.requestHeaders();
	}

	boolean isConditional() {
		return headers().contains(HttpHeaderNames.IF_NONE_MATCH)
				|| headers().contains(HttpHeaderNames.IF_MODIFIED_SINCE);
	}

	Mono<Void> forward(ResponseInterceptor tap) {
		this.exchange.getAttributes().put(ResponseInterceptor.ATTRIBUTE, tap);
		return this.chain.filter(this.exchange);
	}

	/** Where all of the request's work is done. */
	Scheduler eventLoop() {
		Executor[] loop = new Executor[1];
		this.response.withConnection((connection) -> loop[0] = connection.channel().eventLoop());
		return Schedulers.fromExecutor(loop[0]);
	}

}
