package com.foobar.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Adds the headers that every response of the gateway has, forwarded or its own. Headers
 * that a backend has set are kept, except for the request id and HSTS.
 */
public final class ResponseHeaders {

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestContext.REQUEST_ID);

	private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("X-Content-Type-Options");

	private static final AsciiString REFERRER_POLICY = AsciiString.cached("Referrer-Policy");

	private static final AsciiString FRAME_OPTIONS = AsciiString.cached("X-Frame-Options");

	private static final AsciiString HSTS = AsciiString.cached("Strict-Transport-Security");

	private static final AsciiString SERVER_TIMING = AsciiString.cached("Server-Timing");

	private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");

	private static final AsciiString SAME_ORIGIN = AsciiString.cached("strict-origin-when-cross-origin");

	private static final AsciiString DENY = AsciiString.cached("DENY");

	private final long hstsSeconds;

	private final boolean showRoute;

	private final BooleanSupplier draining;

	public ResponseHeaders(Duration hstsMaxAge, boolean showRoute, BooleanSupplier draining) {
		this.hstsSeconds = hstsMaxAge.toSeconds();
		this.showRoute = showRoute;
		this.draining = draining;
	}

	/** Adds what is missing. */
	public void complete(HttpHeaders headers, RequestContext context) {
		headers.set(REQUEST_ID, context.requestId());
		if (this.draining.getAsBoolean()) {
			// The codec of HTTP/2 leaves it out.
			headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		setIfMissing(headers, CONTENT_TYPE_OPTIONS, NOSNIFF);
		setIfMissing(headers, REFERRER_POLICY, SAME_ORIGIN);
		setIfMissing(headers, FRAME_OPTIONS, DENY);
		if (this.hstsSeconds > 0) {
			headers.set(HSTS, "max-age=" + this.hstsSeconds);
		}
		if (this.showRoute) {
			List<String> fromBackend = headers.getAll(SERVER_TIMING);
			String own = String.format(Locale.ROOT, "gateway;dur=%.1f", context.elapsed() / 1e6);
			headers.set(SERVER_TIMING, fromBackend.isEmpty() ? own : own + ", " + String.join(", ", fromBackend));
		}
	}

	private static void setIfMissing(HttpHeaders headers, AsciiString name, AsciiString value) {
		if (!headers.contains(name)) {
			headers.set(name, value);
		}
	}

}
