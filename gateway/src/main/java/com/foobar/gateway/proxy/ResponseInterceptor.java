package com.foobar.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What else is to be done with the answer to a request? Found among the attributes of its
 * exchange, called on its event loop.
 */
public interface ResponseInterceptor {

	/** Name of the attribute. */
	String ATTRIBUTE = ResponseInterceptor.class.getName();

	/**
	 * Before each attempt.
	 * @param toBackend headers that are about to be sent; may be changed
	 */
	void asking(HttpHeaders toBackend);

	/**
	 * A backend has begun to answer. If it breaks off there may be another attempt.
	 * @param status the status code
	 * @param headers the headers as received, to be read only
	 * @return what answers the client in its stead; null to pass it on
	 */
	@Nullable Mono<Void> instead(int status, HttpHeaders headers);

	/**
	 * The answer is passed on, and no further attempt is made.
	 * @param toClient headers that are about to be sent; may be changed
	 * @param body the body, which comes to its end only if it is complete; a Mono if it
	 * is whole
	 * @return the body that is passed on, a Mono if it was one
	 */
	Publisher<ByteBuf> passing(HttpHeaders toClient, Publisher<ByteBuf> body);

}
