package com.foobar.gateway.cache;

import java.util.Locale;
import java.util.concurrent.Executor;

import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.proxy.ProxyFilter;
import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.web.server.ServerWebExchange;

/**
 * One request in the cache filter. Used on its event loop.
 *
 * @param exchange the exchange of Spring Cloud Gateway
 * @param proxy forwards it
 * @param request the request
 * @param response its response
 * @param context its context in the gateway
 * @param cacheRequest what it may get from the cache
 * @param origin requested host, and port unless it is 443; all requests use TLS
 * @param uri the cache key
 */
record CacheExchange(ServerWebExchange exchange, ProxyFilter proxy, HttpServerRequest request,
		HttpServerResponse response, RequestContext context, CacheRequest cacheRequest, String origin, String uri) {

	private static final String DEFAULT_PORT = ":443";

	static CacheExchange of(ServerWebExchange exchange, ProxyFilter proxy, HttpServerRequest request,
			HttpServerResponse response, RequestContext context, RevalidationTriggers triggers) {
		HttpHeaders headers = request.requestHeaders();
		String origin = origin(headers.get(HttpHeaderNames.HOST, ""));
		return new CacheExchange(exchange, proxy, request, response, context,
				CacheRequest.of(request.method(), headers, triggers), origin, origin + request.uri());
	}

	/**
	 * Normalizes an authority.
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

	Mono<Void> forward(ResponseInterceptor interceptor) {
		return this.proxy.forward(this.exchange, interceptor);
	}

	/** The event loop of the request. */
	Scheduler eventLoop() {
		Executor[] loop = new Executor[1];
		this.response.withConnection((connection) -> loop[0] = connection.channel().eventLoop());
		return Schedulers.fromExecutor(loop[0]);
	}

}
