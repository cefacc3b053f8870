package com.foobar.gateway.http;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * One request's passage through the gateway: its identity, and what the access log will
 * tell of it. Used only on the event loop of the request's connection.
 */
public final class RequestContext {

	private final String requestId;

	private final TraceContext trace;

	private final LongSupplier responseBytes;

	private final long begin;

	private @Nullable String backend;

	private int attempts;

	private long upstreamNanos;

	private boolean switched;

	private RequestContext(String requestId, TraceContext trace, LongSupplier responseBytes, long begin) {
		this.requestId = requestId;
		this.trace = trace;
		this.responseBytes = responseBytes;
		this.begin = begin;
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
	 * The visit of a request.
	 * @param request a request that came in at the edge
	 * @return null for a request that did not, such as one to the management port
	 */
	public static @Nullable RequestContext of(ServerHttpRequest request) {
		ServerHttpRequest inner = request;
		while (inner instanceof ServerHttpRequestDecorator decorator) {
			if (inner instanceof ContextualRequest visited) {
				return visited.visit();
			}
			inner = decorator.getDelegate();
		}
		return null;
	}

	/** The request's id, from the client or made here. */
	public String requestId() {
		return this.requestId;
	}

	/** Nanoseconds since the request came in. */
	public long elapsed() {
		return System.nanoTime() - this.begin;
	}

	/**
	 * Notes an attempt.
	 * @param backendName where it goes
	 */
	public void attempt(String backendName) {
		this.backend = backendName;
		this.attempts++;
	}

	/**
	 * Notes when the backend's answer began.
	 * @param nanos nanoseconds from the begin of the last attempt
	 */
	public void answered(long nanos) {
		this.upstreamNanos = nanos;
	}

	/**
	 * Notes that the backend agreed to another protocol.
	 * @param nanos nanoseconds from the begin of the last attempt
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

	/** Bytes of the answer's body so far. */
	public long answerBytes() {
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

}
