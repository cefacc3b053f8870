package com.foobar.gateway.proxy;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.HopByHopHeaders;
import com.foobar.gateway.netty.StrictHttpClientCodec;
import com.foobar.gateway.netty.UnreadableResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * A request at one backend: sent there, and its answer passed on. Bodies stream through
 * in both directions; only the begin of an answer is held back, so that a backend that
 * breaks off can be replaced unseen.
 * <p>
 * Not thread-safe.
 */
final class Attempt {

	/**
	 * An answer that is not passed on is read to its end if it is short; that saves the
	 * connection.
	 */
	private static final int MAX_DISCARDED = 16 * 1024;

	/**
	 * A part of a stream that comes alone reaches its reader after this time at most.
	 */
	private static final long HOLD_BACK_MILLIS = 100;

	private final ProxyServices forwarder;

	private final ProxyRequest incoming;

	private final Backend backend;

	private final BooleanSupplier elsewhere;

	private final Outcome outcome;

	private final long begin = System.nanoTime();

	private boolean sent;

	private boolean answered;

	private @Nullable StrictHttpClientCodec connection;

	private long exchange;

	/**
	 * @param forwarder what all requests share
	 * @param incoming the request
	 * @param backend where it goes
	 * @param elsewhere asked once, when the backend says that it is unavailable: whether
	 * another one will be tried
	 */
	Attempt(ProxyServices forwarder, ProxyRequest incoming, Backend backend, BooleanSupplier elsewhere) {
		this.forwarder = forwarder;
		this.incoming = incoming;
		this.backend = backend;
		this.elsewhere = elsewhere;
		this.outcome = new Outcome(forwarder, backend);
	}

	/** Whether there was a connection to send on. */
	boolean isSent() {
		return this.sent;
	}

	/**
	 * Whether the client has the begin of an answer, so that nothing can be tried again.
	 */
	boolean isAnswered() {
		return this.answered;
	}

	/** Whether the backend broke off in the middle of an answer that was passed on. */
	boolean isBrokenOff() {
		return this.outcome.isBrokenOff();
	}

	/** Nanoseconds since its begin. */
	long elapsed() {
		return System.nanoTime() - this.begin;
	}

	/** Ends when the client has the whole answer. */
	Mono<Void> run() {
		EventLoopPool pool = this.forwarder.clients().of(this.backend).pool(this.incoming.loop());
		return pool.request(this.incoming.method(), this.incoming.request().uri())
			.send(this::send)
			.response(this::receive)
			.then()
			.doFirst(() -> {
				this.backend.begin();
				pool.begin();
			})
			.doFinally((end) -> {
				pool.end();
				this.backend.end();
				abandon();
			});
	}

	// Whatever the client below does: nobody reads the rest of an answer any more, and an
	// endless one would keep its connection. A pool holds on to the first request that
	// was
	// made through it, which must not hold on to its connection.
	private void abandon() {
		StrictHttpClientCodec used = this.connection;
		if (used != null) {
			this.connection = null;
			used.abandon(this.exchange);
		}
	}

	private Publisher<Void> send(HttpClientRequest toBackend, NettyOutbound outbound) {
		this.sent = true;
		this.connection = StrictHttpClientCodec.of(((Connection) toBackend).channel());
		this.exchange = (this.connection != null) ? this.connection.exchanges() + 1 : 0;
		HttpHeaders headers = toBackend.requestHeaders();
		// The client put defaults there (a user agent, for one) that are not the
		// client's.
		headers.clear();
		HopByHopHeaders.copyEndToEnd(this.incoming.headers(), headers, ForwardedHeaders::isReserved);
		this.forwarder.forwardedHeaders().write(headers, this.incoming.request(), this.incoming.visit());
		ResponseInterceptor tap = this.incoming.tap();
		if (tap != null) {
			tap.asking(headers);
		}
		if (this.incoming.webSocket()) {
			WebSockets.switchOver(headers);
		}
		if (!this.incoming.hasBody()) {
			return outbound;
		}
		if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		return outbound.send(limited(this.incoming.request().receive().retain().onErrorMap(Failures::ofBody)));
	}

	private Flux<ByteBuf> limited(Flux<ByteBuf> parts) {
		if (this.incoming.length() >= 0) {
			return parts;
		}
		long[] received = new long[1];
		return parts.handle((part, sink) -> {
			received[0] += part.readableBytes();
			if (received[0] > this.forwarder.maxBody()) {
				part.release();
				sink.error(Failures.tooLarge());
			}
			else {
				sink.next(part);
			}
		});
	}

	private Publisher<Void> receive(HttpClientResponse answer, ByteBufFlux content) {
		int status = answer.status().code();
		if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
			return switchProtocols(answer);
		}
		long length = ProxyRequest.contentLength(answer.responseHeaders());
		if ((status >= 502 && status <= 504) && this.elsewhere.getAsBoolean()) {
			this.outcome.ended(status, elapsed());
			Mono<Void> retry = Mono.error(() -> new Failures.UnavailableAnswer(status));
			// That it breaks off as well is no second failure.
			return (length >= 0 && length <= MAX_DISCARDED) ? content.then().onErrorComplete().then(retry) : retry;
		}
		ResponseInterceptor tap = this.incoming.tap();
		Mono<Void> instead = (tap != null) ? tap.instead(status, answer.responseHeaders()) : null;
		if (instead != null) {
			noteAnswer(status);
			return (status == 304 || (length >= 0 && length <= MAX_DISCARDED))
					? content.then().onErrorComplete().then(instead) : instead;
		}
		if (isBodiless(status)) {
			return passEmpty(answer, content);
		}
		if (isEventStream(answer.responseHeaders())) {
			// Silence is normal between events.
			ResponseTimeoutHandler.lift(channel(answer));
			return passOpen(answer, content.retain(), this.forwarder.eventStreams()::untilStop);
		}
		return (length > this.forwarder.holdBack() || this.forwarder.holdBack() == 0)
				? passOpen(answer, content.retain(), UnaryOperator.identity())
				: passHeld(answer, length, content.retain());
	}

	private Publisher<Void> passHeld(HttpClientResponse answer, long length, Flux<ByteBuf> content) {
		int limit = this.forwarder.holdBack();
		BufferedResponse held = (length >= 0)
				? BufferedResponse.ofKnownLength(content, limit, channel(answer).eventLoop())
				: BufferedResponse.ofUnknownLength(content, limit, HOLD_BACK_MILLIS, channel(answer).eventLoop());
		return held.switchOnFirst((first, body) -> {
			if (!first.hasValue()) {
				return first.isOnError() ? body.then() : passEmpty(answer, body);
			}
			// What is whole is written at once, head and body.
			return held.isWhole() ? passWhole(answer, body.single()) : passOpen(answer, body, UnaryOperator.identity());
		});
	}

	private Publisher<Void> passEmpty(HttpClientResponse answer, Flux<ByteBuf> body) {
		noteAnswer(answer.status().code());
		Publisher<ByteBuf> passed = begin(answer, body);
		// Of HEAD it is what GET would have, and without a length the client's connection
		// would be closed.
		if (!HttpMethod.HEAD.equals(this.incoming.method())) {
			this.incoming.response().responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		return Flux.from(passed).then();
	}

	private Publisher<Void> passWhole(HttpClientResponse answer, Mono<ByteBuf> body) {
		noteAnswer(answer.status().code());
		return this.incoming.response().send(begin(answer, body));
	}

	// How the attempt fared shows at the end of the body only.
	private Publisher<Void> passOpen(HttpClientResponse answer, Flux<ByteBuf> body,
			UnaryOperator<Flux<ByteBuf>> limit) {
		int status = answer.status().code();
		long nanos = begun();
		Flux<ByteBuf> watched = body.doOnError((error) -> this.outcome.brokenOff(error, nanos))
			.doOnComplete(() -> this.outcome.ended(status, nanos))
			// A client that leaves says nothing of the backend.
			.doOnCancel(() -> this.outcome.ended(status, nanos));
		return this.incoming.response().send(begin(answer, limit.apply(watched)));
	}

	private Publisher<ByteBuf> begin(HttpClientResponse answer, Publisher<ByteBuf> body) {
		HttpHeaders headers = this.incoming.response().status(answer.status().code()).responseHeaders();
		HopByHopHeaders.copyEndToEnd(answer.responseHeaders(), headers, (name) -> false);
		if (HttpVersion.HTTP_1_0.equals(this.incoming.request().version())) {
			// It knows no chunks: without a length, the end of the connection is the end.
			headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		ResponseInterceptor tap = this.incoming.tap();
		Publisher<ByteBuf> passed = (tap != null) ? tap.passing(headers, body) : body;
		this.forwarder.answerHeaders().complete(headers, this.incoming.visit());
		return passed;
	}

	private long begun() {
		long nanos = elapsed();
		this.incoming.visit().answered(nanos);
		this.answered = true;
		return nanos;
	}

	private void noteAnswer(int status) {
		this.outcome.ended(status, begun());
	}

	// How long a WebSocket lasts says nothing of how fast the backend answers: not timed.
	private Mono<Void> switchProtocols(HttpClientResponse answer) {
		if (!this.incoming.webSocket() || !WebSockets.isAgreed(this.incoming.headers(), answer.responseHeaders())) {
			// Nobody knows what comes on this connection now.
			((Connection) answer).dispose();
			return Mono.error(new UnreadableResponseException("a switch to a protocol that was not asked for"));
		}
		this.forwarder.passiveChecks().succeeded(this.backend);
		this.incoming.visit().switched(elapsed());
		this.answered = true;
		HttpHeaders headers = this.incoming.response().responseHeaders();
		HopByHopHeaders.copyEndToEnd(answer.responseHeaders(), headers, (name) -> false);
		this.forwarder.answerHeaders().complete(headers, this.incoming.visit());
		return this.forwarder.webSockets().connect(this.incoming.response(), (Connection) answer);
	}

	private boolean isBodiless(int status) {
		return HttpMethod.HEAD.equals(this.incoming.method()) || status == 204 || status == 304;
	}

	private static boolean isEventStream(HttpHeaders headers) {
		String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && type.startsWith("text/event-stream");
	}

	private static Channel channel(HttpClientResponse answer) {
		return ((Connection) answer).channel();
	}

}
