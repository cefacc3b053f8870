package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * The header {@code Cache-Status} (RFC 9211): where an answer comes from, and why.
 */
final class CacheStatus {

	static final AsciiString HEADER = AsciiString.cached("Cache-Status");

	private static final String CACHE = "foobar-gateway; ";

	private CacheStatus() {
	}

	/**
	 * From a backend.
	 * @param headers headers of the answer
	 * @param reason why
	 */
	static void forwarded(HttpHeaders headers, String reason) {
		headers.add(HEADER, CACHE + "fwd=" + reason);
	}

	/**
	 * From here.
	 * @param headers headers of the answer
	 * @param parameters what else there is to say
	 */
	static void kept(HttpHeaders headers, String parameters) {
		headers.add(HEADER, CACHE + parameters);
	}

}
