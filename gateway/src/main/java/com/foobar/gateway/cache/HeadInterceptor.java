package com.foobar.gateway.cache;

import java.time.Instant;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Updates or invalidates the stored response to a GET after the response to a HEAD (RFC
 * 9111, section 4.3.5). Used by one request, on its event loop.
 */
final class HeadInterceptor extends CacheStatusInterceptor {

	private final CacheFilter filter;

	private final String uri;

	private final CachedResponse stored;

	private Instant requested = Instant.EPOCH;

	private long invalidations;

	/**
	 * Create an interceptor.
	 * @param filter the cache filter
	 * @param uri the cache key
	 * @param stored the stored response, which needs revalidation
	 * @param reason why the request is forwarded
	 */
	HeadInterceptor(CacheFilter filter, String uri, CachedResponse stored, String reason) {
		super(reason);
		this.filter = filter;
		this.uri = uri;
		this.stored = stored;
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
		this.requested = this.filter.now();
		this.invalidations = this.filter.store().invalidations(this.uri);
	}

	@Override
	public @Nullable Mono<Void> replacement(int status, HttpHeaders headers) {
		if (status == 404 || status == 410) {
			this.filter.store().invalidate(this.uri);
		}
		else if (status == 200) {
			update(headers);
		}
		return null;
	}

	private void update(HttpHeaders headers) {
		CachedResponse updated = this.stored.updated(StoredHeaders.of(headers), this.requested, this.filter.now());
		if (CachingRules.isOfSameContent(this.stored, headers)
				&& this.filter.rules().mayStore(updated.status(), updated.headers())) {
			this.filter.store().put(this.uri, updated, this.invalidations);
		}
		else {
			this.filter.store().invalidate(this.uri);
		}
	}

}
