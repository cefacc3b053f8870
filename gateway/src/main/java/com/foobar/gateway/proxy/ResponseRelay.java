package com.foobar.gateway.proxy;

import java.util.function.UnaryOperator;

import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.netty.UnreadableResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Passes the response of one attempt on to the client. The body streams through; only its
 * start is buffered, so that the client does not notice when a backend sends an
 * incomplete response and another one is tried.
 * <p>
 * Not thread-safe.
 */
final class ResponseRelay {

	/**
	 * A response that is not passed on is read to its end up to this length, in bytes:
	 * that keeps the connection.
	 */
	private static final int MAX_DISCARDED = 16 * 1024;

	/** Time until a single part of a stream is passed on, in milliseconds. */
	private static final long MAX_BUFFERING_MILLIS = 100;

	private final ProxyRequest.Services services;

	private final ProxyRequest request;

	private final Attempt attempt;

	private final HttpClientResponse response;

	private final ByteBufFlux content;

	private final int status;

	private final long length;

	ResponseRelay(ProxyRequest request, Attempt attempt, HttpClientResponse response, ByteBufFlux content) {
		this.services = request.services();
		this.request = request;
		this.attempt = attempt;
		this.response = response;
		this.content = content;
		this.status = response.status().code();
		this.length = ProxyRequest.contentLength(response.responseHeaders());
	}

	/** Whether the backend says that it cannot serve the request at present. */
	boolean isUnavailable() {
		return this.status >= 502 && this.status <= 504;
	}

	/** Fails the attempt with the response, so that another backend is tried. */
	Publisher<Void> reject() {
		this.attempt.recordEnd(this.status, this.attempt.elapsed());
		return discardThen(Mono.error(() -> new Failure.UnavailableResponse(this.status)));
	}

	/** Passes the response on; completes when the client has all of it. */
	Publisher<Void> relay() {
		if (this.status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
			return switchProtocols();
		}
		ResponseInterceptor interceptor = this.request.interceptor();
		Mono<Void> instead = (interceptor != null)
				? interceptor.replacement(this.status, this.response.responseHeaders()) : null;
		if (instead != null) {
			commit();
			return discardThen(instead);
		}
		if (HttpMethod.HEAD.equals(this.request.method()) || this.status == 204 || this.status == 304) {
			return sendEmpty(this.content);
		}
		if (isEventStream()) {
			// Silence is normal between events.
			ResponseTimeoutHandler.cancel(channel());
			return stream(this.content.retain(), this.services.eventStreams()::untilStop);
		}
		return (this.length > this.services.responseBuffer() || this.services.responseBuffer() == 0)
				? stream(this.content.retain(), UnaryOperator.identity()) : buffer(this.content.retain());
	}

	// Reads a short body to its end. If that fails, it is no second failure.
	private Mono<Void> discardThen(Mono<Void> next) {
		return (this.status == 304 || (this.length >= 0 && this.length <= MAX_DISCARDED))
				? this.content.then().onErrorComplete().then(next) : next;
	}

	private Publisher<Void> buffer(Flux<ByteBuf> body) {
		int limit = this.services.responseBuffer();
		BufferedResponse buffered = (this.length >= 0)
				? BufferedResponse.ofKnownLength(body, limit, channel().eventLoop())
				: BufferedResponse.ofUnknownLength(body, limit, MAX_BUFFERING_MILLIS, channel().eventLoop());
		return buffered.switchOnFirst((first, rest) -> {
			if (!first.hasValue()) {
				return first.isOnError() ? rest.then() : sendEmpty(rest);
			}
			// A complete response is written at once, head and body.
			return buffered.isWhole() ? sendWhole(rest.single()) : stream(rest, UnaryOperator.identity());
		});
	}

	private Publisher<Void> sendEmpty(Flux<ByteBuf> body) {
		commit();
		Publisher<ByteBuf> relayed = start(body);
		// The response to HEAD keeps the header of GET's. Otherwise the client's
		// connection would be closed, since there is no length.
		if (!HttpMethod.HEAD.equals(this.request.method())) {
			this.request.response().responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		return Flux.from(relayed).then();
	}

	private Publisher<Void> sendWhole(Mono<ByteBuf> body) {
		commit();
		return this.request.response().send(start(body));
	}

	// The attempt is recorded at the end of the body.
	private Publisher<Void> stream(Flux<ByteBuf> body, UnaryOperator<Flux<ByteBuf>> limit) {
		long nanos = this.attempt.commit();
		Flux<ByteBuf> recorded = body.doOnError((error) -> this.attempt.recordIncomplete(error, nanos))
			.doOnComplete(() -> this.attempt.recordEnd(this.status, nanos))
			// A client that leaves says nothing of the backend.
			.doOnCancel(() -> this.attempt.recordEnd(this.status, nanos));
		return this.request.response().send(start(limit.apply(recorded)));
	}

	private Publisher<ByteBuf> start(Publisher<ByteBuf> body) {
		HttpHeaders headers = this.request.response().status(this.status).responseHeaders();
		ForwardedHeaders.copyEndToEnd(this.response.responseHeaders(), headers, (name) -> false);
		if (HttpVersion.HTTP_1_0.equals(this.request.request().version())) {
			// HTTP/1.0 has no chunks: without a length, the end of the connection is the
			// end.
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		ResponseInterceptor interceptor = this.request.interceptor();
		Publisher<ByteBuf> relayed = (interceptor != null) ? interceptor.onResponse(headers, body) : body;
		this.services.responseHeaders().complete(headers, this.request.context());
		return relayed;
	}

	private void commit() {
		this.attempt.recordEnd(this.status, this.attempt.commit());
	}

	private Mono<Void> switchProtocols() {
		if (!this.request.webSocket()
				|| !WebSockets.isAgreed(this.request.headers(), this.response.responseHeaders())) {
			// The protocol on this connection is unknown from here on.
			((Connection) this.response).dispose();
			return Mono.error(new UnreadableResponseException("a switch to a protocol that was not requested"));
		}
		this.attempt.commitSwitch();
		HttpHeaders headers = this.request.response().responseHeaders();
		ForwardedHeaders.copyEndToEnd(this.response.responseHeaders(), headers, (name) -> false);
		this.services.responseHeaders().complete(headers, this.request.context());
		return this.services.webSockets().connect(this.request.response(), (Connection) this.response);
	}

	private boolean isEventStream() {
		String type = this.response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && type.startsWith("text/event-stream");
	}

	private Channel channel() {
		return ((Connection) this.response).channel();
	}

}
