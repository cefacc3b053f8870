package com.foobar.gateway.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.foobar.gateway.cache.CacheRequest.Access;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemException;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.ResponseHeaders;
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
 * Answers from what is kept, or has the request forwarded and keeps what comes back.
 */
class CacheFilter implements GlobalFilter, Ordered {

	private final ResponseCache store;

	private final CachingRules rules;

	private final int maxBody;

	private final Duration lockTimeout;

	private final ResponseHeaders answerHeaders;

	private final CacheMeters meters;

	private final Clock clock;

	CacheFilter(ResponseCache store, CachingRules rules, CacheProperties properties, ResponseHeaders answerHeaders,
			CacheMeters meters, Clock clock) {
		this.store = store;
		this.rules = rules;
		this.maxBody = (int) properties.maxObjectSize().toBytes();
		this.lockTimeout = properties.lockTimeout();
		this.answerHeaders = answerHeaders;
		this.meters = meters;
		this.clock = clock;
	}

	@Override
	public int getOrder() {
		// Just before the request is forwarded.
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		RequestContext visit = RequestContext.of(exchange.getRequest());
		if (visit == null) {
			return chain.filter(exchange);
		}
		CacheExchange asking = CacheExchange.of(exchange, chain,
				ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()),
				ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()), visit, this.rules.triggers());
		if (CacheRequest.isUnsafe(asking.method())) {
			InvalidatingInterceptor tap = new InvalidatingInterceptor(this.store, asking.origin(),
					asking.request().uri());
			return asking.forward(tap).doFinally((end) -> tap.ended());
		}
		return switch (asking.asked().access()) {
			case BYPASS -> bypass(asking);
			case RANGE -> lookForPart(asking);
			case REVALIDATED, IMMUTABLE_OR_REVALIDATED, FRESH -> look(asking, null, true);
		};
	}

	private Mono<Void> bypass(CacheExchange asking) {
		this.meters.bypassed();
		return asking.forward(new CacheStatusInterceptor("bypass"));
	}

	private Mono<Void> lookForPart(CacheExchange asking) {
		CachedResponse stored = this.store.find(asking.uri(), asking.headers());
		Instant now = now();
		ByteRange part = (stored != null && stored.status() == HttpResponseStatus.OK.code()
				&& this.rules.mayServe(stored, asking.asked(), now)) ? ByteRange.of(asking.headers(), stored) : null;
		if (stored == null || part == null) {
			return bypass(asking);
		}
		this.meters.hit();
		String status = "hit; ttl=" + stored.left(now).toSeconds();
		return Mono.defer(() -> write(asking, stored, part, status));
	}

	private Mono<Void> look(CacheExchange asking, @Nullable Instant deadline, boolean mayWait) {
		CachedResponse stored = this.store.find(asking.uri(), asking.headers());
		Instant now = now();
		if (stored != null && this.rules.mayServe(stored, asking.asked(), now)) {
			this.meters.hit();
			return answer(asking, stored,
					((deadline != null) ? "fwd=miss; collapsed; ttl=" : "hit; ttl=") + stored.left(now).toSeconds());
		}
		if (asking.asked().isOnlyIfCached()) {
			this.meters.missed();
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.GATEWAY_TIMEOUT,
					"The request asks for nothing but what is kept, and nothing fitting is.")));
		}
		String reason = reason(asking, stored);
		if (!HttpMethod.GET.equals(asking.method())) {
			this.meters.missed();
			return asking.forward((stored != null && stored.status() == 200)
					? new HeadInterceptor(this, asking.uri(), stored, reason) : new CacheStatusInterceptor(reason));
		}
		// One wait is enough: what came was private, or to another header, or too large.
		// Whoever depends on a write must not wait for an answer that was asked for
		// before
		// it, and a 304 to the client's own condition helps nobody else.
		if (!mayWait || asking.asked().access() != Access.FRESH || (stored == null && asking.isConditional())
				|| !this.store.isShared(asking.uri())) {
			return fetch(asking, stored, null, reason);
		}
		PendingFetch flight = new PendingFetch();
		PendingFetch before = this.store.setOut(asking.uri(), flight);
		if (before == null) {
			return fetch(asking, stored, flight, reason);
		}
		if (stored != null && CachingRules.mayPrecede(stored, Access.FRESH, now)) {
			return answerStale(asking, stored, "stale-while-revalidate");
		}
		Instant until = (deadline != null) ? deadline : now.plus(this.lockTimeout);
		Duration left = Duration.between(now, until);
		return (left.isZero() || left.isNegative()) ? fetch(asking, stored, null, reason)
				: before.await(left, asking.eventLoop())
					.then(Mono.defer(() -> look(asking, until, before.isAbandoned())));
	}

	private String reason(CacheExchange asking, @Nullable CachedResponse stored) {
		if (stored == null) {
			return this.store.knows(asking.uri()) ? "vary-miss" : "uri-miss";
		}
		return (asking.asked().access() != Access.FRESH) ? "request" : "stale";
	}

	private Mono<Void> fetch(CacheExchange asking, @Nullable CachedResponse stored, @Nullable PendingFetch flight,
			String reason) {
		StoringInterceptor tap = new StoringInterceptor(this, asking, stored, flight, reason);
		Mono<Void> fetched = asking.forward(tap);
		if (stored != null) {
			fetched = fetched.onErrorResume(ProblemException.class, tap::standIn);
		}
		return (flight == null) ? fetched : fetched.doFinally((end) -> {
			if (end == SignalType.CANCEL) {
				flight.abandon();
			}
			this.store.end(asking.uri(), flight);
		});
	}

	/** Answers with what is not fresh any more. */
	Mono<Void> answerStale(CacheExchange asking, CachedResponse stored, String why) {
		this.meters.stale();
		return answer(asking, stored, "hit; ttl=" + stored.left(now()).toSeconds() + "; detail=" + why);
	}

	/** Answers with what is kept, or tells the client that it has that already. */
	Mono<Void> answer(CacheExchange asking, CachedResponse stored, String status) {
		return Mono.defer(() -> write(asking, stored, null, status));
	}

	private Mono<Void> write(CacheExchange asking, CachedResponse stored, @Nullable ByteRange part, String status) {
		HttpServerResponse response = asking.response();
		boolean known = CachingRules.isKnown(stored, asking.headers());
		HttpHeaders headers = response
			.status(known ? HttpResponseStatus.NOT_MODIFIED.code()
					: (part != null) ? HttpResponseStatus.PARTIAL_CONTENT.code() : stored.status())
			.responseHeaders();
		headers.add(stored.headers());
		headers.set(HttpHeaderNames.AGE, Long.toString(stored.age(now()).toSeconds()));
		CacheStatus.kept(headers, status);
		this.answerHeaders.complete(headers, asking.visit());
		if (known || stored.status() == HttpResponseStatus.NO_CONTENT.code()) {
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
			return response.send().then();
		}
		int length = (part != null) ? part.size() : stored.body().readableBytes();
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
		if (part != null) {
			headers.set(HttpHeaderNames.CONTENT_RANGE, part.contentRange());
		}
		if (HttpMethod.HEAD.equals(asking.method())) {
			return response.send().then();
		}
		this.meters.served(length);
		return response
			.send(Mono.fromSupplier(
					() -> (part != null) ? stored.body().slice(part.first(), length) : stored.body().duplicate()))
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
