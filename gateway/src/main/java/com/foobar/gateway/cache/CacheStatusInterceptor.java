package com.foobar.gateway.cache;

import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Adds to a response the reason why it was forwarded.
 */
class CacheStatusInterceptor implements ResponseInterceptor {

	private final String reason;

	/**
	 * Create an interceptor.
	 * @param reason one of RFC 9211, section 2.2
	 */
	CacheStatusInterceptor(String reason) {
		this.reason = reason;
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
		CacheStatus.forwarded(toClient, this.reason);
		return body;
	}

}
