package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Invalidates what an unsafe request has changed (RFC 9111, section 4.4): the stored
 * responses of its URI, and of the URIs of the same origin that its response names in
 * {@code Location} and {@code Content-Location}.
 */
final class InvalidatingInterceptor extends CacheStatusInterceptor {

	private final ResponseCache cache;

	private final String origin;

	private final String path;

	private boolean sent;

	private boolean responded;

	InvalidatingInterceptor(ResponseCache cache, String origin, String path) {
		super("method");
		this.cache = cache;
		this.origin = origin;
		this.path = path;
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
		this.sent = true;
	}

	@Override
	public @Nullable Mono<Void> replacement(int status, HttpHeaders headers) {
		this.responded = true;
		if (status < 400 || status >= 500) {
			// Before the client gets the response and sends its next request.
			this.cache.invalidate(this.origin + this.path);
			invalidateNamed(headers.get(HttpHeaderNames.LOCATION));
			invalidateNamed(headers.get(HttpHeaderNames.CONTENT_LOCATION));
		}
		return null;
	}

	/**
	 * The exchange has ended. A request without a response may have been carried out.
	 */
	void ended() {
		if (this.sent && !this.responded) {
			this.cache.invalidate(this.origin + this.path);
		}
	}

	private void invalidateNamed(@Nullable String location) {
		String uri = (location != null) ? SameOrigin.resolve(this.origin, this.path, location) : null;
		if (uri != null) {
			this.cache.invalidate(uri);
		}
	}

}
