package com.foobar.gateway.http;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * The ids of one request, and what the access log records of it. Used only on the event
 * loop of the request's connection.
 */
public final class RequestContext {

	private final String requestId;

	private final TraceContext trace;

	private final LongSupplier responseBytes;

	private final long start;

	private @Nullable String backend;

	private int attempts;

	private long upstreamNanos;

	private boolean switched;

	private RequestContext(String requestId, TraceContext trace, LongSupplier responseBytes, long start) {
		this.requestId = requestId;
		this.trace = trace;
		this.responseBytes = responseBytes;
		this.start = start;
	}

	/**
	 * The context of a request that was just received.
	 * @param request the request
	 * @param responseBytes bytes of its response's body written so far
	 * @param traceSampling percentage of the traces started here that are sampled
	 */
	public static RequestContext of(HttpServerRequest request, LongSupplier responseBytes, int traceSampling) {
		return new RequestContext(RequestId.acceptOrMake(request.requestHeaders().get(RequestId.HEADER)),
				TraceContext.acceptOrMake(request.requestHeaders(), traceSampling), responseBytes, System.nanoTime());
	}

	/**
	 * Attaches the context to a request.
	 * @param request the request
	 * @return the request, for which {@link #of(ServerHttpRequest)} returns the context
	 */
	public ServerHttpRequest attachTo(ServerHttpRequest request) {
		return new RequestWithContext(request, this);
	}

	/**
	 * The context of a request.
	 * @param request a request to the public port
	 * @return null for any other request, such as one to the management port
	 */
	public static @Nullable RequestContext of(ServerHttpRequest request) {
		ServerHttpRequest inner = request;
		while (inner instanceof ServerHttpRequestDecorator decorator) {
			if (inner instanceof RequestWithContext carrier) {
				return carrier.context;
			}
			inner = decorator.getDelegate();
		}
		return null;
	}

	/** The request's id, from the client or generated. */
	public String requestId() {
		return this.requestId;
	}

	/** Nanoseconds since the request was received. */
	public long elapsed() {
		return System.nanoTime() - this.start;
	}

	/**
	 * Records an attempt.
	 * @param backendName name of the backend
	 */
	public void attempt(String backendName) {
		this.backend = backendName;
		this.attempts++;
	}

	/**
	 * Records when the backend's response started.
	 * @param nanos nanoseconds from the start of the last attempt
	 */
	public void responseStarted(long nanos) {
		this.upstreamNanos = nanos;
	}

	/**
	 * Records that the backend switched protocols.
	 * @param nanos nanoseconds from the start of the last attempt
	 */
	public void switched(long nanos) {
		this.upstreamNanos = nanos;
		this.switched = true;
	}

	public boolean isSwitched() {
		return this.switched;
	}

	public TraceContext trace() {
		return this.trace;
	}

	/** Bytes of the response's body so far. */
	public long responseBytes() {
		return this.responseBytes.getAsLong();
	}

	public @Nullable String backend() {
		return this.backend;
	}

	/** Attempts so far. */
	public int attempts() {
		return this.attempts;
	}

	public long upstreamNanos() {
		return this.upstreamNanos;
	}

	private static final class RequestWithContext extends ServerHttpRequestDecorator {

		private final RequestContext context;

		RequestWithContext(ServerHttpRequest request, RequestContext context) {
			super(request);
			this.context = context;
		}

	}

}
