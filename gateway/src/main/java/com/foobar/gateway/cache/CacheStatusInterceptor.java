package com.foobar.gateway.cache;

import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Adds the header {@code Cache-Status} (RFC 9211) to a response that is forwarded: why it
 * does not come from the cache.
 */
class CacheStatusInterceptor implements ResponseInterceptor {

	static final AsciiString HEADER = AsciiString.cached("Cache-Status");

	private static final String CACHE = "foobar-gateway; ";

	private final String reason;

	/**
	 * @param reason one of RFC 9211, section 2.2
	 */
	CacheStatusInterceptor(String reason) {
		this.reason = reason;
	}

	/** Marks a response of the cache. */
	static void hit(HttpHeaders headers, String parameters) {
		headers.add(HEADER, CACHE + parameters);
	}

	@Override
	public void beforeAttempt(HttpHeaders toBackend) {
	}

	@Override
	public @Nullable Mono<Void> replacement(int status, HttpHeaders headers) {
		return null;
	}

	@Override
	public Publisher<ByteBuf> onResponse(HttpHeaders toClient, Publisher<ByteBuf> body) {
		toClient.add(HEADER, CACHE + "fwd=" + this.reason);
		return body;
	}

}
