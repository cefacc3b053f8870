package com.foobar.gateway.edge;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * One request's passage through the gateway: its identity, and what the access log will
 * tell of it. Used only on the event loop of the request's connection.
 */
public final class Visit {

	private final String requestId;

	private final TraceContext trace;

	private final @Nullable AnswerProgress answer;

	private final long begin;

	private @Nullable String backend;

	private int attempts;

	private long upstreamNanos;

	private boolean switched;

	private Visit(String requestId, TraceContext trace, @Nullable AnswerProgress answer, long begin) {
		this.requestId = requestId;
		this.trace = trace;
		this.answer = answer;
		this.begin = begin;
	}

	/**
	 * A visit that begins now.
	 * @param request the request
	 * @param channel its connection or stream, which is guarded from here on
	 * @param timeouts how long its client may take
	 * @param traceSampling of how many traces that begin here one is sampled, in percent
	 */
	static Visit begin(HttpServerRequest request, Channel channel, ClientTimeouts timeouts, int traceSampling) {
		return new Visit(RequestId.acceptOrMake(request.requestHeaders().get(RequestId.HEADER)),
				TraceContext.acceptOrMake(request.requestHeaders(), traceSampling),
				ConnectionGuards.ofRequest(channel, timeouts), System.nanoTime());
	}

	/**
	 * The visit of a request.
	 * @param request a request that came in at the edge
	 * @return null for a request that did not, such as one to the management port
	 */
	public static @Nullable Visit of(ServerHttpRequest request) {
		ServerHttpRequest inner = request;
		while (inner instanceof ServerHttpRequestDecorator decorator) {
			if (inner instanceof VisitedRequest visited) {
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

	boolean isSwitched() {
		return this.switched;
	}

	TraceContext trace() {
		return this.trace;
	}

	/** Bytes of the answer's body so far. */
	long answerBytes() {
		return (this.answer != null) ? this.answer.bytes() : 0;
	}

	@Nullable String backend() {
		return this.backend;
	}

	/** Attempts so far. */
	public int attempts() {
		return this.attempts;
	}

	long upstreamNanos() {
		return this.upstreamNanos;
	}

}
