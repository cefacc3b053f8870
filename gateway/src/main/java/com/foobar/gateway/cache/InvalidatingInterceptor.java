package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Forgets what a request has changed (RFC 9111, section 4.4): the answers to its own URI,
 * and to those that its answer names in {@code Location} and {@code Content-Location}, as
 * far as they are of the same origin.
 */
final class InvalidatingInterceptor extends CacheStatusInterceptor {

	private final ResponseCache store;

	private final String origin;

	private final String path;

	private boolean sent;

	private boolean answered;

	/**
	 * Create a tap.
	 * @param store where answers are kept
	 * @param origin host, and port, of the request
	 * @param path path and query of the request
	 */
	InvalidatingInterceptor(ResponseCache store, String origin, String path) {
		super("method");
		this.store = store;
		this.origin = origin;
		this.path = path;
	}

	@Override
	public void asking(HttpHeaders toBackend) {
		this.sent = true;
	}

	@Override
	public @Nullable Mono<Void> instead(int status, HttpHeaders headers) {
		this.answered = true;
		if (status < 400 || status >= 500) {
			// Before the client hears of it and asks anew.
			this.store.invalidate(this.origin + this.path);
			named(headers.get(HttpHeaderNames.LOCATION));
			named(headers.get(HttpHeaderNames.CONTENT_LOCATION));
		}
		return null;
	}

	/**
	 * Nothing comes any more. Without an answer it may have been carried out all the
	 * same.
	 */
	void ended() {
		if (this.sent && !this.answered) {
			this.store.invalidate(this.origin + this.path);
		}
	}

	private void named(@Nullable String location) {
		String uri = (location != null) ? SameOrigin.resolve(this.origin, this.path, location) : null;
		if (uri != null) {
			this.store.invalidate(uri);
		}
	}

}
