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

	private final CacheExchange.Services services;

	private final String uri;

	private final CachedResponse stored;

	private Instant requested = Instant.EPOCH;

	private long invalidations;

	HeadInterceptor(CacheExchange.Services services, String uri, CachedResponse stored, String reason) {
		super(reason);
		this.services = services;
		this.uri = uri;
		this.stored = stored;
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
		this.requested = this.services.now();
		this.invalidations = this.services.store().invalidations(this.uri);
	}

	@Override
	public @Nullable Mono<Void> replacement(int status, HttpHeaders headers) {
		if (status == 404 || status == 410) {
			this.services.store().invalidate(this.uri);
		}
		else if (status == 200) {
			update(headers);
		}
		return null;
	}

	private void update(HttpHeaders headers) {
		CachedResponse updated = this.stored.updated(CachedResponse.storedHeaders(headers), this.requested,
				this.services.now());
		if (CachingRules.isOfSameContent(this.stored, headers)
				&& this.services.rules().mayStore(updated.status(), updated.headers())) {
			this.services.store().put(this.uri, updated, this.invalidations);
		}
		else {
			this.services.store().invalidate(this.uri);
		}
	}

}
