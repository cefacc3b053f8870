package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * The header {@code Cache-Status} (RFC 9211): whether a response comes from the cache,
 * and why not.
 */
final class CacheStatus {

	static final AsciiString HEADER = AsciiString.cached("Cache-Status");

	private static final String CACHE = "foobar-gateway; ";

	private CacheStatus() {
	}

	/**
	 * Marks a response of a backend.
	 * @param headers headers of the response
	 * @param reason why it was forwarded (RFC 9211, section 2.2)
	 */
	static void forwarded(HttpHeaders headers, String reason) {
		headers.add(HEADER, CACHE + "fwd=" + reason);
	}

	/**
	 * Marks a response of the cache.
	 * @param headers headers of the response
	 * @param parameters parameters of the header
	 */
	static void hit(HttpHeaders headers, String parameters) {
		headers.add(HEADER, CACHE + parameters);
	}

}
