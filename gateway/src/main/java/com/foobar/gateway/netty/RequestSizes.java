package com.foobar.gateway.netty;

import java.util.Map;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Is a request larger than a backend has to accept? The codec of HTTP/1 rejects requests
 * that are too large as received; that of HTTP/2 has one limit for target and headers
 * together. This holds for both, and for targets as they are forwarded, which are longer
 * if characters had to be encoded.
 *
 * @param line bytes of the request line
 * @param headers bytes of all headers together
 */
public record RequestSizes(int line, int headers) {

	/** What a request line has besides method and target. */
	private static final int VERSION = "  HTTP/1.1".length();

	/** What a header line has besides name and value. */
	private static final int SEPARATOR = ": ".length();

	/**
	 * Fields of a request that the codec of HTTP/2 takes into account with 32 bytes each
	 * (RFC 9113, section 6.5.2).
	 */
	private static final int HTTP2_FIELDS = 100 * 32;

	/**
	 * Decides.
	 * @param request the request
	 * @param http2 whether it came by HTTP/2
	 * @return 414 or 431, or null if it is not
	 */
	public @Nullable HttpResponseStatus excess(HttpServerRequest request, boolean http2) {
		if (request.method().name().length() + request.uri().length() + VERSION > this.line) {
			return HttpResponseStatus.REQUEST_URI_TOO_LONG;
		}
		return (http2 && length(request) > this.headers) ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : null;
	}

	private static int length(HttpServerRequest request) {
		int length = 0;
		var entries = request.requestHeaders().iteratorAsString();
		while (entries.hasNext()) {
			Map.Entry<String, String> entry = entries.next();
			length += entry.getKey().length() + entry.getValue().length() + SEPARATOR;
		}
		return length;
	}

	/** What the codec of HTTP/2 must let pass so that these limits can be seen to. */
	long http2List() {
		return (long) this.line + this.headers + HTTP2_FIELDS;
	}

}
