package com.foobar.gateway.cache;

import java.time.Instant;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Learns from the response to a HEAD what has become of the stored response to a GET: it
 * is confirmed, or forgotten (RFC 9111, section 4.3.5). Used by one request, on its event
 * loop.
 */
final class HeadInterceptor extends CacheStatusInterceptor {

	private final CacheFilter filter;

	private final String uri;

	private final CachedResponse stored;

	private Instant asked = Instant.EPOCH;

	private long changes;

	/**
	 * Create a tap.
	 * @param filter who is served
	 * @param uri what the request is for
	 * @param stored the response that is stored, but cannot be given as it is
	 * @param reason why a backend is asked
	 */
	HeadInterceptor(CacheFilter filter, String uri, CachedResponse stored, String reason) {
		super(reason);
		this.filter = filter;
		this.uri = uri;
		this.stored = stored;
	}

	@Override
	public void asking(HttpHeaders toBackend) {
		this.asked = this.filter.now();
		this.changes = this.filter.store().changes(this.uri);
	}

	@Override
	public @Nullable Mono<Void> instead(int status, HttpHeaders headers) {
		if (status == 404 || status == 410) {
			this.filter.store().invalidate(this.uri);
		}
		else if (status == 200) {
			learn(headers);
		}
		return null;
	}

	private void learn(HttpHeaders headers) {
		CachedResponse confirmed = this.stored.confirmed(StoredHeaders.of(headers), this.asked, this.filter.now());
		if (CachingRules.isOfSameContent(this.stored, headers)
				&& this.filter.rules().mayStore(confirmed.status(), confirmed.headers())) {
			this.filter.store().put(this.uri, confirmed, this.changes);
		}
		else {
			this.filter.store().invalidate(this.uri);
		}
	}

}
