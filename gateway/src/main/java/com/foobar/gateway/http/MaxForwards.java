package com.foobar.gateway.http;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.netty.http.server.HttpServerRequest;

/**
 * How many hops may a TRACE or OPTIONS request still pass (RFC 9110, section 7.6.2)? With
 * other methods {@code Max-Forwards} has no meaning and is forwarded unchanged.
 */
public enum MaxForwards {

	/** At least the one to a backend, or the header is absent. */
	LEFT,

	/** None: the gateway itself responds. */
	SPENT,

	/** Not a number. */
	UNREADABLE;

	/** More digits than any chain has hops. */
	private static final int MAX_DIGITS = 9;

	/**
	 * Counts the hop to a backend, if the request may pass it.
	 * @param request the request; its header is changed
	 */
	public static MaxForwards count(HttpServerRequest request) {
		HttpMethod method = request.method();
		if (!HttpMethod.OPTIONS.equals(method) && !HttpMethod.TRACE.equals(method)) {
			return LEFT;
		}
		HttpHeaders headers = request.requestHeaders();
		List<String> values = headers.getAll(HttpHeaderNames.MAX_FORWARDS);
		if (values.isEmpty()) {
			return LEFT;
		}
		String value = values.get(0);
		if (values.size() > 1 || value.isEmpty() || value.length() > MAX_DIGITS
				|| !value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return UNREADABLE;
		}
		int left = Integer.parseInt(value);
		if (left == 0) {
			return SPENT;
		}
		headers.setInt(HttpHeaderNames.MAX_FORWARDS, left - 1);
		return LEFT;
	}

}
