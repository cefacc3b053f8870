package com.foobar.gateway.proxy;

import java.util.function.BiFunction;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.netty.StrictHttpClientCodec;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
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
 * Sends a request to one backend, and records once how that ended in the meters and in
 * the outlier detection. A response that is passed on before its end is recorded at its
 * end only, since it may still break off.
 * <p>
 * Not thread-safe, except for the recording.
 */
final class Attempt {

	private final ProxyRequest.Services services;

	private final ProxyRequest request;

	private final Backend backend;

	private final long start = System.nanoTime();

	private boolean sent;

	private boolean committed;

	private @Nullable StrictHttpClientCodec connection;

	private long exchange;

	private boolean recorded;

	private boolean incomplete;

	Attempt(ProxyRequest request, Backend backend) {
		this.services = request.services();
		this.request = request;
		this.backend = backend;
	}

	Backend backend() {
		return this.backend;
	}

	/** Whether there was a connection to send on. */
	boolean isSent() {
		return this.sent;
	}

	/** Whether the client gets this response, so that the request cannot be retried. */
	boolean isCommitted() {
		return this.committed;
	}

	/** Nanoseconds since the start of the attempt. */
	long elapsed() {
		return System.nanoTime() - this.start;
	}

	/**
	 * Sends the request.
	 * @param onResponse called with the head of the response and its body
	 * @return completes with what that returns
	 */
	Mono<Void> run(BiFunction<HttpClientResponse, ByteBufFlux, Publisher<Void>> onResponse) {
		BackendClient.Pool pool = this.services.clients().of(this.backend).pool(this.request.loop());
		return pool.request(this.request.method(), this.request.request().uri())
			.send(this::send)
			.response(onResponse)
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

	private Publisher<Void> send(HttpClientRequest toBackend, NettyOutbound outbound) {
		this.sent = true;
		this.connection = StrictHttpClientCodec.of(((Connection) toBackend).channel());
		this.exchange = (this.connection != null) ? this.connection.exchanges() + 1 : 0;
		HttpHeaders headers = toBackend.requestHeaders();
		// The HTTP client sets defaults, such as a user agent, that are not the client's.
		headers.clear();
		this.services.forwardedHeaders().write(headers, this.request.request(), this.request.context());
		ResponseInterceptor interceptor = this.request.interceptor();
		if (interceptor != null) {
			interceptor.beforeAttempt(headers);
		}
		if (this.request.webSocket()) {
			WebSockets.switchOver(headers);
		}
		if (!this.request.hasBody()) {
			return outbound;
		}
		if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		return outbound.send(limited(this.request.request().receive().retain().onErrorMap(Failure::ofBody)));
	}

	private Flux<ByteBuf> limited(Flux<ByteBuf> parts) {
		if (this.request.length() >= 0) {
			return parts;
		}
		long[] received = new long[1];
		return parts.handle((part, sink) -> {
			received[0] += part.readableBytes();
			if (received[0] > this.services.maxBody()) {
				part.release();
				sink.error(Failure.tooLarge());
			}
			else {
				sink.next(part);
			}
		});
	}

	// Nobody reads the rest of a response any more, and an endless one would keep its
	// connection. A pool keeps the first request that was made through it, which must not
	// keep its connection.
	private void abandon() {
		StrictHttpClientCodec used = this.connection;
		if (used != null) {
			this.connection = null;
			used.abandon(this.exchange);
		}
	}

	/**
	 * Notes that the client gets this response.
	 * @return nanoseconds from the start of the attempt
	 */
	long commit() {
		long nanos = elapsed();
		this.request.context().responseStarted(nanos);
		this.committed = true;
		return nanos;
	}

	/** Notes that the backend switches protocols. How long that lasts is not timed. */
	void commitSwitch() {
		this.services.outlierDetector().succeeded(this.backend);
		this.request.context().switched(elapsed());
		this.committed = true;
	}

	/**
	 * Records a response that is complete, or that its client left, which says nothing of
	 * the backend. The latter may happen on another event loop than the backend's.
	 * @param status the status code
	 * @param nanos nanoseconds to the start of the response
	 */
	synchronized void recordEnd(int status, long nanos) {
		if (this.recorded) {
			return;
		}
		this.recorded = true;
		this.services.meters().recordResponse(this.backend, status, nanos);
		if (OutlierDetector.isFailure(status)) {
			this.services.outlierDetector().failed(this.backend, "returned " + status);
		}
		else {
			this.services.outlierDetector().succeeded(this.backend);
		}
	}

	/**
	 * Records that the backend sent an incomplete response, which is being passed on.
	 * @param error how
	 * @param nanos nanoseconds to the start of the response
	 */
	synchronized void recordIncomplete(Throwable error, long nanos) {
		if (this.recorded) {
			return;
		}
		this.recorded = true;
		this.incomplete = true;
		this.services.meters().record(this.backend, "incomplete", nanos);
		this.services.outlierDetector().failed(this.backend, "sent an incomplete response: " + Failure.describe(error));
	}

	/** Whether the backend sent an incomplete response, which was being passed on. */
	synchronized boolean isIncomplete() {
		return this.incomplete;
	}

}
