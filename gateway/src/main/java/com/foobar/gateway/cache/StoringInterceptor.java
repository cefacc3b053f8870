package com.foobar.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.foobar.gateway.cache.CacheMeters.Result;
import com.foobar.gateway.cache.ResponseCache.PendingFetch;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.http.Problem.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores the response of a backend, or updates the stored one after a 304. Used by one
 * request, on its event loop.
 */
final class StoringInterceptor extends CacheStatusInterceptor {

	private final CacheExchange.Services services;

	private final ResponseCache store;

	private final CacheExchange exchange;

	private final @Nullable CachedResponse stored;

	private final @Nullable PendingFetch fetch;

	private final String reason;

	private Instant requested = Instant.EPOCH;

	private long invalidations;

	private @Nullable CachedResponse head;

	/**
	 * @param exchange the request
	 * @param stored the stored response, which needs revalidation
	 * @param fetch what concurrent requests wait for; null if none may
	 * @param reason why the request is forwarded
	 */
	StoringInterceptor(CacheExchange exchange, @Nullable CachedResponse stored, @Nullable PendingFetch fetch,
			String reason) {
		super(reason);
		this.services = exchange.services();
		this.store = this.services.store();
		this.exchange = exchange;
		this.stored = stored;
		this.fetch = fetch;
		this.reason = reason;
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
		this.requested = this.services.now();
		this.invalidations = this.store.invalidations(this.exchange.uri());
		this.head = null;
		// Without a stored response, the client's own condition and its 304 are
		// forwarded.
		if (this.stored != null && this.stored.hasValidator()) {
			CachingRules.condition(toBackend, this.stored);
		}
	}

	@Override
	public @Nullable Mono<Void> replacement(int status, HttpHeaders headers) {
		CachedResponse stale = this.stored;
		if (stale != null && status == 304 && stale.hasValidator()) {
			return revalidated(stale, headers);
		}
		if (stale != null && OutlierDetector.isFailure(status) && mayServeOnError(stale)) {
			return serveOnError(stale);
		}
		this.head = this.services.rules().mayStore(status, headers) ? head(status, headers) : null;
		if (this.head == null && stale != null && status < 500) {
			this.store.invalidate(this.exchange.uri());
		}
		return null;
	}

	private Mono<Void> revalidated(CachedResponse stale, HttpHeaders headers) {
		String uri = this.exchange.uri();
		boolean selected = CachingRules.isSelectedBy(stale, headers);
		CachedResponse updated = selected
				? stale.updated(CachedResponse.storedHeaders(headers), this.requested, this.services.now()) : stale;
		if (selected && this.services.rules().mayStore(updated.status(), updated.headers())) {
			this.store.put(uri, updated, this.invalidations);
			this.store.shared(uri, this.services.rules().isReusable(updated));
		}
		else {
			this.store.invalidate(uri);
		}
		complete();
		this.services.meters().count(Result.REVALIDATED);
		return this.exchange.serveStored(updated, "fwd=" + this.reason + "; fwd-status=304");
	}

	private @Nullable CachedResponse head(int status, HttpHeaders headers) {
		Map<String, String> varies = CachedResponse.varies(headers, this.exchange.headers());
		// A response that ends with its connection may be incomplete.
		boolean framed = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || status == 204;
		if (varies == null || !framed) {
			return null;
		}
		HttpHeaders storedHeaders = CachedResponse.storedHeaders(headers);
		Instant now = this.services.now();
		if (HeaderValues.date(storedHeaders, HttpHeaderNames.DATE) == null) {
			storedHeaders.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(now)));
		}
		return CachedResponse.of(status, storedHeaders, varies, this.requested, now);
	}

	@Override
	public Publisher<ByteBuf> onResponse(HttpHeaders toClient, Publisher<ByteBuf> body) {
		super.onResponse(toClient, body);
		this.services.meters().count(Result.MISS);
		CachedResponse response = this.head;
		boolean fits = response != null && isShort(toClient.get(HttpHeaderNames.CONTENT_LENGTH));
		boolean shared = response != null && fits && this.services.rules().isReusable(response);
		this.store.shared(this.exchange.uri(), shared);
		if (!shared) {
			complete();
		}
		return (response != null && fits) ? collect(response, body) : body;
	}

	private Publisher<ByteBuf> collect(CachedResponse response, Publisher<ByteBuf> body) {
		int limit = this.services.maxBody();
		ByteArrayOutputStream copy = new ByteArrayOutputStream();
		if (body instanceof Mono<ByteBuf> whole) {
			return whole.doOnNext((part) -> add(copy, part, limit)).doOnSuccess((part) -> keep(response, copy, limit));
		}
		return Flux.from(body)
			.doOnNext((part) -> add(copy, part, limit))
			.doOnComplete(() -> keep(response, copy, limit));
	}

	private void add(ByteArrayOutputStream copy, ByteBuf part, int limit) {
		if (copy.size() <= limit) {
			copy.writeBytes(ByteBufUtil.getBytes(part));
			if (copy.size() > limit) {
				complete();
			}
		}
	}

	private void keep(CachedResponse head, ByteArrayOutputStream copy, int limit) {
		if (copy.size() <= limit) {
			this.store.put(this.exchange.uri(), head.with(copy.toByteArray()), this.invalidations);
		}
		complete();
	}

	private void complete() {
		if (this.fetch != null) {
			this.store.complete(this.exchange.uri(), this.fetch);
		}
	}

	/** Serves the stored response instead of an error, if that is allowed. */
	Mono<Void> serveOnError(ProblemException error) {
		CachedResponse stale = this.stored;
		return (stale != null && OutlierDetector.isFailure(error.problem().status().code()) && mayServeOnError(stale))
				? serveOnError(stale) : Mono.error(error);
	}

	private boolean mayServeOnError(CachedResponse stale) {
		return CachingRules.mayServeOnError(stale, this.exchange.cacheRequest().access(), this.services.now());
	}

	private Mono<Void> serveOnError(CachedResponse stale) {
		complete();
		return this.exchange.serveStale(stale, "stale-if-error");
	}

	private boolean isShort(@Nullable String length) {
		return length == null || (length.length() <= 9 && Integer.parseInt(length) <= this.services.maxBody());
	}

}
