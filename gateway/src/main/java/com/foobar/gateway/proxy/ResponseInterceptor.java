package com.foobar.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Sees the response to a request, and may change or replace it. Called on the event loop
 * of the request.
 */
public interface ResponseInterceptor {

	/**
	 * Called before each attempt.
	 * @param toBackend headers that are about to be sent; may be changed
	 */
	void beforeAttempt(HttpHeaders toBackend);

	/**
	 * Called with the head of a backend's response. If the response is incomplete, there
	 * may be another attempt.
	 * @param status the status code
	 * @param headers the headers as received, to be read only
	 * @return what is sent to the client instead; null to pass the response on
	 */
	@Nullable Mono<Void> replacement(int status, HttpHeaders headers);

	/**
	 * Called when the response is passed on, so that no further attempt is made.
	 * @param toClient headers that are about to be sent; may be changed
	 * @param body the body, which completes only if it is complete; a Mono if it is in
	 * one part
	 * @return the body that is passed on, a Mono if it was one
	 */
	Publisher<ByteBuf> onResponse(HttpHeaders toClient, Publisher<ByteBuf> body);

}
