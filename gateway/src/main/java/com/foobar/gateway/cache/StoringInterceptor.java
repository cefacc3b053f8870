package com.foobar.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.foobar.gateway.http.ProblemException;
import com.foobar.gateway.proxy.ResponseInterceptor;
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
final class StoringInterceptor implements ResponseInterceptor {

	private final CacheFilter filter;

	private final CacheExchange exchange;

	private final @Nullable CachedResponse stored;

	private final @Nullable PendingFetch fetch;

	private final String reason;

	private Instant requested = Instant.EPOCH;

	private long invalidations;

	private @Nullable CachedResponse head;

	/**
	 * Create an interceptor.
	 * @param filter the cache filter
	 * @param exchange the request
	 * @param stored the stored response, which needs revalidation
	 * @param fetch what concurrent requests wait for; null if none may
	 * @param reason why the request is forwarded
	 */
	StoringInterceptor(CacheFilter filter, CacheExchange exchange, @Nullable CachedResponse stored,
			@Nullable PendingFetch fetch, String reason) {
		this.filter = filter;
		this.exchange = exchange;
		this.stored = stored;
		this.fetch = fetch;
		this.reason = reason;
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
		this.requested = this.filter.now();
		this.invalidations = this.filter.store().invalidations(this.exchange.uri());
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
		if (stale != null && isOutage(status) && mayServeOnError(stale)) {
			return serveOnError(stale);
		}
		this.head = this.filter.rules().mayStore(status, headers) ? head(status, headers) : null;
		if (this.head == null && stale != null && status < 500) {
			this.filter.store().invalidate(this.exchange.uri());
		}
		return null;
	}

	private Mono<Void> revalidated(CachedResponse stale, HttpHeaders headers) {
		String uri = this.exchange.uri();
		CachedResponse updated = stale;
		if (CachingRules.isSelectedBy(stale, headers)) {
			updated = stale.updated(StoredHeaders.of(headers), this.requested, this.filter.now());
			if (this.filter.rules().mayStore(updated.status(), updated.headers())) {
				this.filter.store().put(uri, updated, this.invalidations);
				this.filter.store().shared(uri, this.filter.rules().isReusable(updated));
			}
			else {
				this.filter.store().invalidate(uri);
			}
		}
		else {
			this.filter.store().invalidate(uri);
		}
		complete();
		this.filter.meters().revalidated();
		return this.filter.serveStored(this.exchange, updated, "fwd=" + this.reason + "; fwd-status=304");
	}

	private @Nullable CachedResponse head(int status, HttpHeaders headers) {
		Map<String, String> varies = VaryKey.of(headers, this.exchange.headers());
		// A response that ends with its connection may be incomplete.
		boolean framed = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || status == 204;
		if (varies == null || !framed) {
			return null;
		}
		HttpHeaders storedHeaders = StoredHeaders.of(headers);
		Instant now = this.filter.now();
		if (HttpDates.of(storedHeaders, HttpHeaderNames.DATE) == null) {
			storedHeaders.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(now)));
		}
		return CachedResponse.of(status, storedHeaders, varies, this.requested, now);
	}

	@Override
	public Publisher<ByteBuf> onResponse(HttpHeaders toClient, Publisher<ByteBuf> body) {
		CacheStatus.forwarded(toClient, this.reason);
		this.filter.meters().missed();
		CachedResponse response = this.head;
		boolean fits = response != null && isShort(toClient.get(HttpHeaderNames.CONTENT_LENGTH));
		boolean shared = response != null && fits && this.filter.rules().isReusable(response);
		this.filter.store().shared(this.exchange.uri(), shared);
		if (!shared) {
			complete();
		}
		return (response != null && fits) ? collect(response, body) : body;
	}

	private Publisher<ByteBuf> collect(CachedResponse response, Publisher<ByteBuf> body) {
		int limit = this.filter.maxBody();
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
			this.filter.store().put(this.exchange.uri(), head.with(copy.toByteArray()), this.invalidations);
		}
		complete();
	}

	private void complete() {
		if (this.fetch != null) {
			this.filter.store().complete(this.exchange.uri(), this.fetch);
		}
	}

	/** Serves the stored response instead of an error, if that is allowed. */
	Mono<Void> serveOnError(ProblemException error) {
		CachedResponse stale = this.stored;
		return (stale != null && isOutage(error.problem().status().code()) && mayServeOnError(stale))
				? serveOnError(stale) : Mono.error(error);
	}

	private static boolean isOutage(int status) {
		return status == 500 || (status >= 502 && status <= 504);
	}

	private boolean mayServeOnError(CachedResponse stale) {
		return CachingRules.mayServeOnError(stale, this.exchange.cacheRequest().access(), this.filter.now());
	}

	private Mono<Void> serveOnError(CachedResponse stale) {
		complete();
		return this.filter.serveStale(this.exchange, stale, "stale-if-error");
	}

	private boolean isShort(@Nullable String length) {
		return length == null || (length.length() <= 9 && Integer.parseInt(length) <= this.filter.maxBody());
	}

}
