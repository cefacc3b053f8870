package com.foobar.gateway.forward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.foobar.gateway.backends.Backend;
import com.foobar.gateway.backends.Candidate;
import com.foobar.gateway.balance.Arrival;
import com.foobar.gateway.edge.ForwardedHeaders;
import com.foobar.gateway.edge.Problem;
import com.foobar.gateway.edge.ProblemException;
import com.foobar.gateway.edge.Visit;
import com.foobar.gateway.edge.WebSocketRequests;
import com.foobar.gateway.health.PassiveChecks;
import com.foobar.gateway.retry.Failure;
import com.foobar.gateway.retry.RetryPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.DisposableChannel;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request on its way: attempt after attempt until a backend answers or no further
 * attempt makes sense. Bodies stream through in both directions; only the begin of an
 * answer is held back, so that a backend that breaks off can be replaced unseen.
 * <p>
 * Not thread-safe; a request has one attempt at a time.
 */
final class Forwarding {

	private static final Logger logger = LoggerFactory.getLogger(Forwarding.class);

	/**
	 * An answer that is not passed on is read to its end if it is short; that saves the
	 * connection.
	 */
	private static final int MAX_DISCARDED = 16 * 1024;

	/**
	 * A part of a stream that comes alone reaches its reader after this time at most.
	 */
	private static final long HOLD_BACK_MILLIS = 100;

	private final Forwarder forwarder;

	private final HttpServerRequest request;

	private final HttpServerResponse response;

	private final EventLoop loop;

	private final Visit visit;

	private final @Nullable AnswerTap tap;

	private final HttpMethod method;

	private final boolean body;

	private final boolean webSocket;

	private final Arrival arrival;

	private final UntriedBackends untried;

	private boolean sent;

	private boolean answered;

	private long attemptBegin;

	Forwarding(Forwarder forwarder, HttpServerRequest request, HttpServerResponse response, Visit visit,
			@Nullable AnswerTap tap) {
		this.forwarder = forwarder;
		this.request = request;
		this.response = response;
		this.loop = ((Connection) response).channel().eventLoop();
		this.visit = visit;
		this.tap = tap;
		this.method = request.method();
		HttpHeaders headers = request.requestHeaders();
		this.body = headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || contentLength(headers) > 0;
		this.untried = new UntriedBackends(forwarder.backends(), this.method, headers);
		this.webSocket = WebSocketRequests.isOne(request.version(), this.method, headers);
		this.arrival = new Arrival(forwarder.sequence().getAndIncrement(), clientHash(request));
	}

	Mono<Void> run() {
		if (contentLength(this.request.requestHeaders()) > this.forwarder.maxBody()) {
			return Mono.error(tooLarge());
		}
		this.forwarder.budget().earn();
		return attempt(null);
	}

	private Mono<Void> attempt(@Nullable Failure last) {
		List<Candidate> candidates = this.untried.candidates();
		if (candidates.isEmpty()) {
			return Mono.error(new ProblemException((last != null) ? Failures.problem(last) : noBackend()));
		}
		Backend backend = this.forwarder.balancer().choose(candidates, this.arrival);
		this.untried.remove(backend);
		return send(backend);
	}

	private Mono<Void> send(Backend backend) {
		this.sent = false;
		this.attemptBegin = System.nanoTime();
		this.visit.attempt(backend.name());
		LoopPool pool = this.forwarder.clients().of(backend).pool(this.loop);
		backend.begin();
		pool.begin();
		return pool.request(this.method, this.request.uri())
			.send(this::sendRequest)
			.response((answer, content) -> receive(backend, answer, content))
			.then()
			.doFinally((end) -> {
				pool.end();
				backend.end();
			})
			.onErrorResume((error) -> recover(backend, error));
	}

	private Publisher<Void> sendRequest(HttpClientRequest toBackend, NettyOutbound outbound) {
		this.sent = true;
		HttpHeaders from = this.request.requestHeaders();
		HttpHeaders headers = toBackend.requestHeaders();
		// The client put defaults there (a user agent, for one) that are not the
		// client's.
		headers.clear();
		HopByHop.copyEndToEnd(from, headers, ForwardedHeaders::isReserved);
		this.forwarder.forwardedHeaders().write(headers, this.request, this.visit);
		if (this.tap != null) {
			this.tap.asking(headers);
		}
		if (this.webSocket) {
			WebSockets.switchOver(headers);
		}
		if (!this.body) {
			return outbound;
		}
		if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		return outbound.send(limited(this.request.receive().retain().onErrorMap(Failures::ofBody)));
	}

	private Flux<ByteBuf> limited(Flux<ByteBuf> parts) {
		if (this.request.requestHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)) {
			return parts;
		}
		long[] received = new long[1];
		return parts.handle((part, sink) -> {
			received[0] += part.readableBytes();
			if (received[0] > this.forwarder.maxBody()) {
				part.release();
				sink.error(tooLarge());
			}
			else {
				sink.next(part);
			}
		});
	}

	private Publisher<Void> receive(Backend backend, HttpClientResponse answer, ByteBufFlux content) {
		int status = answer.status().code();
		if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
			return switchProtocols(backend, answer);
		}
		long length = contentLength(answer.responseHeaders());
		if ((status >= 502 && status <= 504) && mayRetry(Failure.UNAVAILABLE) && !this.untried.candidates().isEmpty()
				&& this.forwarder.budget().spend()) {
			note(backend, status);
			Mono<Void> retry = Mono.error(() -> new Failures.UnavailableAnswer(status));
			return (length >= 0 && length <= MAX_DISCARDED) ? content.then(retry) : retry;
		}
		Mono<Void> instead = (this.tap != null) ? this.tap.instead(status, answer.responseHeaders()) : null;
		if (instead != null) {
			note(backend, status);
			this.visit.answered(System.nanoTime() - this.attemptBegin);
			this.answered = true;
			return (status == 304 || (length >= 0 && length <= MAX_DISCARDED))
					? content.then().onErrorComplete().then(instead) : instead;
		}
		if (isBodiless(status)) {
			return passEmpty(backend, answer, content);
		}
		if (isEventStream(answer.responseHeaders())) {
			// Silence is normal between events.
			AnswerDeadline.lift(((Connection) answer).channel());
			return pass(backend, answer, this.forwarder.eventStreams().untilStop(content.retain()));
		}
		return (length > this.forwarder.holdBack() || this.forwarder.holdBack() == 0)
				? pass(backend, answer, content.retain()) : passHeld(backend, answer, length, content.retain());
	}

	private Publisher<Void> passHeld(Backend backend, HttpClientResponse answer, long length, Flux<ByteBuf> content) {
		int limit = this.forwarder.holdBack();
		EventExecutor loop = ((Connection) answer).channel().eventLoop();
		HeldAnswer held = (length >= 0) ? HeldAnswer.ofKnownLength(content, limit, loop)
				: HeldAnswer.ofUnknownLength(content, limit, HOLD_BACK_MILLIS, loop);
		return held.switchOnFirst((first, body) -> {
			if (!first.hasValue()) {
				return first.isOnError() ? body.then() : passEmpty(backend, answer, body);
			}
			// What is whole is written at once, head and body.
			return pass(backend, answer, held.isWhole() ? body.single() : body);
		});
	}

	private Publisher<Void> passEmpty(Backend backend, HttpClientResponse answer, Flux<ByteBuf> body) {
		Publisher<ByteBuf> passed = begin(backend, answer, body);
		this.response.responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
		return Flux.from(passed).then();
	}

	private Publisher<Void> pass(Backend backend, HttpClientResponse answer, Publisher<ByteBuf> body) {
		return this.response.send(begin(backend, answer, body));
	}

	/** From here on the client has the answer, and nothing can be tried again. */
	private Publisher<ByteBuf> begin(Backend backend, HttpClientResponse answer, Publisher<ByteBuf> body) {
		int status = answer.status().code();
		note(backend, status);
		this.visit.answered(System.nanoTime() - this.attemptBegin);
		this.answered = true;
		HttpHeaders headers = this.response.status(status).responseHeaders();
		HopByHop.copyEndToEnd(answer.responseHeaders(), headers, (name) -> false);
		Publisher<ByteBuf> passed = (this.tap != null) ? this.tap.passing(headers, body) : body;
		this.forwarder.answerHeaders().complete(headers, this.visit);
		return passed;
	}

	private void note(Backend backend, int status) {
		this.forwarder.meters().answered(backend, status, System.nanoTime() - this.attemptBegin);
		if (PassiveChecks.isFailure(status)) {
			this.forwarder.passiveChecks().failed(backend, "answered " + status);
		}
		else {
			this.forwarder.passiveChecks().succeeded(backend);
		}
	}

	// How long a WebSocket lasts says nothing of how fast the backend answers: not timed.
	private Mono<Void> switchProtocols(Backend backend, HttpClientResponse answer) {
		if (!this.webSocket || !WebSockets.isAgreed(this.request.requestHeaders(), answer.responseHeaders())) {
			// Nobody knows what comes on this connection now.
			((Connection) answer).dispose();
			return Mono.error(new ProblemException(Problem.of(HttpResponseStatus.BAD_GATEWAY,
					"The server switched to a protocol that it was not asked for.")));
		}
		this.forwarder.passiveChecks().succeeded(backend);
		this.visit.switched(System.nanoTime() - this.attemptBegin);
		this.answered = true;
		HttpHeaders headers = this.response.responseHeaders();
		HopByHop.copyEndToEnd(answer.responseHeaders(), headers, (name) -> false);
		this.forwarder.answerHeaders().complete(headers, this.visit);
		return this.forwarder.webSockets().connect(this.response, (Connection) answer);
	}

	private Mono<Void> recover(Backend backend, Throwable error) {
		if (this.answered) {
			return cutOff(backend, error);
		}
		Failure failure = Failures.classify(error, this.sent);
		if (failure == null) {
			return Mono.error(error);
		}
		if (failure == Failure.CLIENT) {
			return Mono
				.error((error instanceof ProblemException) ? error : new ProblemException(Failures.problem(failure)));
		}
		if (failure == Failure.NOT_SENT && Failures.isUnreachable(error)) {
			this.forwarder.backends().suspect(backend, describe(error));
		}
		if (failure != Failure.UNAVAILABLE) {
			this.forwarder.meters()
				.record(backend, failure.name().toLowerCase(Locale.ROOT), System.nanoTime() - this.attemptBegin);
		}
		if (failure == Failure.NO_ANSWER || failure == Failure.TIMED_OUT) {
			this.forwarder.passiveChecks().failed(backend, describe(error));
		}
		boolean again = mayRetry(failure) && !this.untried.candidates().isEmpty() && isAffordable(failure);
		logger.debug("Attempt {} of {} at {} failed ({}), {}", this.visit.attempts(), this.visit.requestId(), backend,
				failure, again ? "trying another" : "giving up", error);
		return again ? attempt(failure) : Mono.error(new ProblemException(Failures.problem(failure)));
	}

	/**
	 * The backend broke off in the middle of its answer, or the client went away. The
	 * client's connection (its stream, with HTTP/2) must end without a proper end, or a
	 * part would pass for the whole.
	 */
	private Mono<Void> cutOff(Backend backend, Throwable error) {
		logger.warn("{} broke off its answer to {}: {}", backend, this.visit.requestId(), describe(error));
		this.response.withConnection(DisposableChannel::dispose);
		return Mono.empty();
	}

	private boolean mayRetry(Failure failure) {
		return this.forwarder.retry().mayRetry(failure, this.method, this.body, this.visit.attempts());
	}

	// A request that was never sent adds no work by being sent now, and an answer that is
	// not passed on was paid for when that was decided.
	private boolean isAffordable(Failure failure) {
		return failure != Failure.NO_ANSWER || this.forwarder.budget().spend();
	}

	private boolean isBodiless(int status) {
		return HttpMethod.HEAD.equals(this.method) || status == 204 || status == 304;
	}

	private static boolean isEventStream(HttpHeaders headers) {
		String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && type.startsWith("text/event-stream");
	}

	private Problem noBackend() {
		return Problem.unavailable(this.forwarder.backends().snapshot().live().isEmpty()
				? "No server is available at present." : "Nothing can be changed at present; reading works.");
	}

	private static ProblemException tooLarge() {
		return new ProblemException(Problem.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
				"The body of the request is larger than this server accepts."));
	}

	private static long contentLength(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		return (length != null) ? Long.parseLong(length) : -1;
	}

	// From the bytes: the same in every gateway, and after each restart.
	private static int clientHash(HttpServerRequest request) {
		var remote = request.remoteAddress();
		return (remote != null && remote.getAddress() != null) ? Arrays.hashCode(remote.getAddress().getAddress()) : 0;
	}

	private static String describe(Throwable error) {
		String message = error.getMessage();
		return (message != null) ? message : error.getClass().getSimpleName();
	}

}
