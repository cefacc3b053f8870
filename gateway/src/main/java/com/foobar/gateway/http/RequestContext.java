package com.foobar.gateway.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
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

	/** The header with the id by which a request is found in the logs of every hop. */
	public static final String REQUEST_ID = "X-Request-Id";

	private static final int MAX_ID_LENGTH = 128;

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
		return new RequestContext(requestId(request.requestHeaders().get(REQUEST_ID)),
				TraceContext.acceptOrMake(request.requestHeaders(), traceSampling), responseBytes, System.nanoTime());
	}

	// A client's own id is accepted if it is short and plain; anything else would allow
	// log injection.
	static String requestId(@Nullable String offered) {
		return (offered != null && isWellFormed(offered)) ? offered : newRequestId();
	}

	private static boolean isWellFormed(String id) {
		if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
			return false;
		}
		for (int i = 0; i < id.length(); i++) {
			char c = id.charAt(i);
			boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
					|| c == '_' || c == '.' || c == ':' || c == '=';
			if (!plain) {
				return false;
			}
		}
		return true;
	}

	/** A new request id. Unique is enough, secret is not needed: no SecureRandom. */
	public static String newRequestId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
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

	/** Records an attempt. */
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
