package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;

import com.foobar.gateway.cache.CacheMeters.Result;
import com.foobar.gateway.cache.CacheRequest.Access;
import com.foobar.gateway.cache.ResponseCache.PendingFetch;
import com.foobar.gateway.http.Problem.ProblemException;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.RequestContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Responds from the cache, or forwards the request and stores its response.
 */
class CacheFilter implements GlobalFilter, Ordered {

	private final CacheExchange.Services services;

	private final ResponseCache store;

	private final CachingRules rules;

	private final CacheMeters meters;

	private final Duration lockTimeout;

	CacheFilter(CacheExchange.Services services, Duration lockTimeout) {
		this.services = services;
		this.store = services.store();
		this.rules = services.rules();
		this.meters = services.meters();
		this.lockTimeout = lockTimeout;
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
		CacheExchange exchange = CacheExchange.of(this.services, webExchange, context);
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
		this.meters.count(Result.BYPASS);
		return exchange.forward(new CacheStatusInterceptor("bypass"));
	}

	private Mono<Void> serveRange(CacheExchange exchange) {
		CachedResponse stored = this.store.find(exchange.uri(), exchange.headers());
		Instant now = this.services.now();
		ByteRange range = (stored != null && stored.status() == HttpResponseStatus.OK.code()
				&& this.rules.mayServe(stored, exchange.cacheRequest(), now)) ? ByteRange.of(exchange.headers(), stored)
						: null;
		if (stored == null || range == null) {
			return bypass(exchange);
		}
		this.meters.count(Result.HIT);
		return exchange.serveRange(stored, range, "hit; ttl=" + stored.freshness(now).toSeconds());
	}

	private Mono<Void> serve(CacheExchange exchange, @Nullable Instant deadline, boolean mayWait) {
		CachedResponse stored = this.store.find(exchange.uri(), exchange.headers());
		Instant now = this.services.now();
		if (stored != null && this.rules.mayServe(stored, exchange.cacheRequest(), now)) {
			this.meters.count(Result.HIT);
			return exchange.serveStored(stored, ((deadline != null) ? "fwd=miss; collapsed; ttl=" : "hit; ttl=")
					+ stored.freshness(now).toSeconds());
		}
		if (exchange.cacheRequest().isOnlyIfCached()) {
			this.meters.count(Result.MISS);
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.GATEWAY_TIMEOUT,
					"The request has only-if-cached, and no matching response is stored.")));
		}
		String reason = reason(exchange, stored);
		if (!HttpMethod.GET.equals(exchange.method())) {
			this.meters.count(Result.MISS);
			return exchange.forward((stored != null && stored.status() == 200)
					? new HeadInterceptor(this.services, exchange.uri(), stored, reason)
					: new CacheStatusInterceptor(reason));
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
			return exchange.serveStale(stored, "stale-while-revalidate");
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
		StoringInterceptor interceptor = new StoringInterceptor(exchange, stored, pending, reason);
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

}
