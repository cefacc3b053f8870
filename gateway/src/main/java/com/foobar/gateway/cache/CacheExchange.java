package com.foobar.gateway.cache;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

import com.foobar.gateway.cache.CacheMeters.Result;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.proxy.ProxyFilter;
import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request in the cache filter. Used on its event loop.
 *
 * @param services what all requests share
 * @param exchange the exchange of Spring Cloud Gateway
 * @param request the request
 * @param response its response
 * @param context its context in the gateway
 * @param cacheRequest what it may get from the cache
 * @param origin requested host, and port unless it is 443; all requests use TLS
 * @param uri the cache key
 */
record CacheExchange(Services services, ServerWebExchange exchange, HttpServerRequest request,
		HttpServerResponse response, RequestContext context, CacheRequest cacheRequest, String origin, String uri) {

	private static final String DEFAULT_PORT = ":443";

	static CacheExchange of(Services services, ServerWebExchange exchange, RequestContext context) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		HttpHeaders headers = request.requestHeaders();
		String origin = origin(headers.get(HttpHeaderNames.HOST, ""));
		return new CacheExchange(services, exchange, request,
				ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()), context,
				CacheRequest.of(request.method(), headers, services.rules().triggers()), origin,
				origin + request.uri());
	}

	/** Normalizes an authority. */
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
		return this.services.proxy().forward(this.exchange, interceptor);
	}

	/** The event loop of the request. */
	Scheduler eventLoop() {
		return Schedulers.fromExecutor(((Connection) this.response).channel().eventLoop());
	}

	/** Serves a stale response. */
	Mono<Void> serveStale(CachedResponse stored, String detail) {
		this.services.meters().count(Result.STALE);
		return serveStored(stored,
				"hit; ttl=" + stored.freshness(this.services.now()).toSeconds() + "; detail=" + detail);
	}

	/** Serves a stored response, or a 304 if the client has it. */
	Mono<Void> serveStored(CachedResponse stored, String status) {
		return Mono.defer(() -> write(stored, null, status));
	}

	/** Serves a range of a stored response. */
	Mono<Void> serveRange(CachedResponse stored, ByteRange range, String status) {
		return Mono.defer(() -> write(stored, range, status));
	}

	private Mono<Void> write(CachedResponse stored, @Nullable ByteRange range, String status) {
		boolean notModified = CachingRules.isNotModified(stored, headers());
		HttpHeaders headers = this.response
			.status(notModified ? HttpResponseStatus.NOT_MODIFIED.code()
					: (range != null) ? HttpResponseStatus.PARTIAL_CONTENT.code() : stored.status())
			.responseHeaders();
		headers.add(stored.headers());
		headers.set(HttpHeaderNames.AGE, Long.toString(stored.age(this.services.now()).toSeconds()));
		CacheStatusInterceptor.hit(headers, status);
		this.services.responseHeaders().complete(headers, this.context);
		if (notModified || stored.status() == HttpResponseStatus.NO_CONTENT.code()) {
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
			return this.response.send().then();
		}
		int length = (range != null) ? range.size() : stored.body().readableBytes();
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
		if (range != null) {
			headers.set(HttpHeaderNames.CONTENT_RANGE, range.contentRange());
		}
		if (HttpMethod.HEAD.equals(method())) {
			return this.response.send().then();
		}
		this.services.meters().served(length);
		return this.response
			.send(Mono.fromSupplier(
					() -> (range != null) ? stored.body().slice(range.first(), length) : stored.body().duplicate()))
			.then();
	}

	/**
	 * What all requests share.
	 *
	 * @param proxy forwards requests
	 * @param store the stored responses
	 * @param rules what may be stored and served
	 * @param maxBody most bytes of the content of a stored response
	 * @param meters count the requests
	 * @param responseHeaders headers that every response has
	 * @param clock the time
	 */
	record Services(ProxyFilter proxy, ResponseCache store, CachingRules rules, int maxBody, CacheMeters meters,
			ResponseHeaders responseHeaders, Clock clock) {

		Instant now() {
			return this.clock.instant();
		}

	}

}
