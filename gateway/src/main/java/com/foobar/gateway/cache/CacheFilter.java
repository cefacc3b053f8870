package com.foobar.gateway.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.foobar.gateway.cache.CacheRequest.Access;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemException;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.proxy.ProxyFilter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Responds from the cache, or forwards the request and stores its response.
 */
class CacheFilter implements GlobalFilter, Ordered {

	private final ProxyFilter proxy;

	private final ResponseCache store;

	private final CachingRules rules;

	private final int maxBody;

	private final Duration lockTimeout;

	private final ResponseHeaders responseHeaders;

	private final CacheMeters meters;

	private final Clock clock;

	CacheFilter(ProxyFilter proxy, ResponseCache store, CachingRules rules, CacheProperties properties,
			ResponseHeaders responseHeaders, CacheMeters meters, Clock clock) {
		this.proxy = proxy;
		this.store = store;
		this.rules = rules;
		this.maxBody = (int) properties.maxObjectSize().toBytes();
		this.lockTimeout = properties.lockTimeout();
		this.responseHeaders = responseHeaders;
		this.meters = meters;
		this.clock = clock;
	}

	@Override
	public int getOrder() {
		// Just before the request is forwarded.
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange webExchange, GatewayFilterChain chain) {
		RequestContext context = RequestContext.of(webExchange.getRequest());
		if (context == null) {
			return chain.filter(webExchange);
		}
		CacheExchange exchange = CacheExchange.of(webExchange, this.proxy,
				ServerHttpRequestDecorator.getNativeRequest(webExchange.getRequest()),
				ServerHttpResponseDecorator.getNativeResponse(webExchange.getResponse()), context,
				this.rules.triggers());
		if (CacheRequest.isUnsafe(exchange.method())) {
			InvalidatingInterceptor interceptor = new InvalidatingInterceptor(this.store, exchange.origin(),
					exchange.request().uri());
			return exchange.forward(interceptor).doFinally((end) -> interceptor.ended());
		}
		return switch (exchange.cacheRequest().access()) {
			case BYPASS -> bypass(exchange);
			case RANGE -> serveRange(exchange);
			case REVALIDATED, IMMUTABLE_OR_REVALIDATED, FRESH -> serve(exchange, null, true);
		};
	}

	private Mono<Void> bypass(CacheExchange exchange) {
		this.meters.bypassed();
		return exchange.forward(new CacheStatusInterceptor("bypass"));
	}

	private Mono<Void> serveRange(CacheExchange exchange) {
		CachedResponse stored = this.store.find(exchange.uri(), exchange.headers());
		Instant now = now();
		ByteRange range = (stored != null && stored.status() == HttpResponseStatus.OK.code()
				&& this.rules.mayServe(stored, exchange.cacheRequest(), now)) ? ByteRange.of(exchange.headers(), stored)
						: null;
		if (stored == null || range == null) {
			return bypass(exchange);
		}
		this.meters.hit();
		String status = "hit; ttl=" + stored.freshness(now).toSeconds();
		return Mono.defer(() -> write(exchange, stored, range, status));
	}

	private Mono<Void> serve(CacheExchange exchange, @Nullable Instant deadline, boolean mayWait) {
		CachedResponse stored = this.store.find(exchange.uri(), exchange.headers());
		Instant now = now();
		if (stored != null && this.rules.mayServe(stored, exchange.cacheRequest(), now)) {
			this.meters.hit();
			return serveStored(exchange, stored, ((deadline != null) ? "fwd=miss; collapsed; ttl=" : "hit; ttl=")
					+ stored.freshness(now).toSeconds());
		}
		if (exchange.cacheRequest().isOnlyIfCached()) {
			this.meters.missed();
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.GATEWAY_TIMEOUT,
					"The request has only-if-cached, and no matching response is stored.")));
		}
		String reason = reason(exchange, stored);
		if (!HttpMethod.GET.equals(exchange.method())) {
			this.meters.missed();
			return exchange.forward((stored != null && stored.status() == 200)
					? new HeadInterceptor(this, exchange.uri(), stored, reason) : new CacheStatusInterceptor(reason));
		}
		// One wait is enough: the response was private, of another variant, or too large.
		// A client that has written must not wait for a request sent before its
		// write, and a 304 to a client's own condition cannot be shared.
		if (!mayWait || exchange.cacheRequest().access() != Access.FRESH || (stored == null && exchange.isConditional())
				|| !this.store.isCollapsible(exchange.uri())) {
			return fetch(exchange, stored, null, reason);
		}
		PendingFetch pending = new PendingFetch();
		PendingFetch concurrent = this.store.register(exchange.uri(), pending);
		if (concurrent == null) {
			return fetch(exchange, stored, pending, reason);
		}
		if (stored != null && CachingRules.mayServeWhileRevalidating(stored, Access.FRESH, now)) {
			return serveStale(exchange, stored, "stale-while-revalidate");
		}
		Instant until = (deadline != null) ? deadline : now.plus(this.lockTimeout);
		Duration left = Duration.between(now, until);
		return (left.isZero() || left.isNegative()) ? fetch(exchange, stored, null, reason)
				: concurrent.await(left, exchange.eventLoop())
					.then(Mono.defer(() -> serve(exchange, until, concurrent.isAbandoned())));
	}

	private String reason(CacheExchange exchange, @Nullable CachedResponse stored) {
		if (stored == null) {
			return this.store.contains(exchange.uri()) ? "vary-miss" : "uri-miss";
		}
		return (exchange.cacheRequest().access() != Access.FRESH) ? "request" : "stale";
	}

	private Mono<Void> fetch(CacheExchange exchange, @Nullable CachedResponse stored, @Nullable PendingFetch pending,
			String reason) {
		StoringInterceptor interceptor = new StoringInterceptor(this, exchange, stored, pending, reason);
		Mono<Void> fetched = exchange.forward(interceptor);
		if (stored != null) {
			fetched = fetched.onErrorResume(ProblemException.class, interceptor::serveOnError);
		}
		return (pending == null) ? fetched : fetched.doFinally((end) -> {
			if (end == SignalType.CANCEL) {
				pending.abandon();
			}
			this.store.complete(exchange.uri(), pending);
		});
	}

	/** Serves a stale response. */
	Mono<Void> serveStale(CacheExchange exchange, CachedResponse stored, String detail) {
		this.meters.stale();
		return serveStored(exchange, stored, "hit; ttl=" + stored.freshness(now()).toSeconds() + "; detail=" + detail);
	}

	/** Serves a stored response, or a 304 if the client has it. */
	Mono<Void> serveStored(CacheExchange exchange, CachedResponse stored, String status) {
		return Mono.defer(() -> write(exchange, stored, null, status));
	}

	private Mono<Void> write(CacheExchange exchange, CachedResponse stored, @Nullable ByteRange range, String status) {
		HttpServerResponse response = exchange.response();
		boolean notModified = CachingRules.isNotModified(stored, exchange.headers());
		HttpHeaders headers = response
			.status(notModified ? HttpResponseStatus.NOT_MODIFIED.code()
					: (range != null) ? HttpResponseStatus.PARTIAL_CONTENT.code() : stored.status())
			.responseHeaders();
		headers.add(stored.headers());
		headers.set(HttpHeaderNames.AGE, Long.toString(stored.age(now()).toSeconds()));
		CacheStatus.hit(headers, status);
		this.responseHeaders.complete(headers, exchange.context());
		if (notModified || stored.status() == HttpResponseStatus.NO_CONTENT.code()) {
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
			return response.send().then();
		}
		int length = (range != null) ? range.size() : stored.body().readableBytes();
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
		if (range != null) {
			headers.set(HttpHeaderNames.CONTENT_RANGE, range.contentRange());
		}
		if (HttpMethod.HEAD.equals(exchange.method())) {
			return response.send().then();
		}
		this.meters.served(length);
		return response
			.send(Mono.fromSupplier(
					() -> (range != null) ? stored.body().slice(range.first(), length) : stored.body().duplicate()))
			.then();
	}

	ResponseCache store() {
		return this.store;
	}

	CachingRules rules() {
		return this.rules;
	}

	CacheMeters meters() {
		return this.meters;
	}

	int maxBody() {
		return this.maxBody;
	}

	Instant now() {
		return this.clock.instant();
	}

}
