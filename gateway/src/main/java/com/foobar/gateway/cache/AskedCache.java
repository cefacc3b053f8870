package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/**
 * What may a request be given from the cache?
 *
 * @param access how it stands to the cache
 * @param control its directives (RFC 9111, section 5.2.1)
 */
record AskedCache(Access access, CacheControl control) {

	/** In both directions, with the token that tells of the last write. */
	static final String TOKEN_HEADER = "Read-After";

	private static final String TOKEN_COOKIE = "read_after=";

	/**
	 * How a request stands to the cache.
	 */
	enum Access {

		/** It neither gets anything from it nor leaves anything there. */
		BYPASS,

		/** It gets a part of what is fresh, and leaves nothing there. */
		PART,

		/** It gets what a backend has just confirmed, or what is new. */
		CONFIRMED,

		/**
		 * It comes from someone who has written, and gets what no write can change;
		 * otherwise what a backend, which understands the token, has just confirmed.
		 */
		AFTER_WRITE,

		/** It gets what is fresh. */
		FRESH

	}

	/**
	 * What a request may be given.
	 * @param method its method, a safe one
	 * @param request its headers
	 */
	static AskedCache of(HttpMethod method, HttpHeaders request) {
		CacheControl control = CacheControl.of(request);
		return new AskedCache(access(method, request, control), control);
	}

	private static Access access(HttpMethod method, HttpHeaders request, CacheControl control) {
		if ((!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) || control.has("no-store")
				|| hasBody(request) || request.contains(HttpHeaderNames.IF_MATCH)
				|| request.contains(HttpHeaderNames.IF_UNMODIFIED_SINCE) || request.contains(HttpHeaderNames.UPGRADE)
				|| dropsHeaders(request)) {
			return Access.BYPASS;
		}
		// Sent by clients that know nothing of Cache-Control.
		boolean pragma = !request.contains(HttpHeaderNames.CACHE_CONTROL)
				&& request.containsValue(HttpHeaderNames.PRAGMA, "no-cache", true);
		boolean confirmed = control.has("no-cache") || pragma;
		if (request.contains(HttpHeaderNames.RANGE)) {
			boolean plain = HttpMethod.GET.equals(method) && !confirmed && !hasToken(request);
			return plain ? Access.PART : Access.BYPASS;
		}
		if (confirmed) {
			return Access.CONFIRMED;
		}
		return hasToken(request) ? Access.AFTER_WRITE : Access.FRESH;
	}

	private static boolean hasBody(HttpHeaders request) {
		String length = request.get(HttpHeaderNames.CONTENT_LENGTH);
		return request.contains(HttpHeaderNames.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
	}

	// Headers that Connection names do not reach the backend, so that its answer is not
	// one to the request that is looked for by them.
	private static boolean dropsHeaders(HttpHeaders request) {
		if (!request.contains(HttpHeaderNames.CONNECTION)) {
			return false;
		}
		return !request.getAll(HttpHeaderNames.CONNECTION)
			.stream()
			.allMatch((value) -> value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close"));
	}

	private static boolean hasToken(HttpHeaders request) {
		if (request.contains(TOKEN_HEADER)) {
			return true;
		}
		for (String cookies : request.getAll(HttpHeaderNames.COOKIE)) {
			int at = cookies.indexOf(TOKEN_COOKIE);
			while (at != -1) {
				if (at == 0 || cookies.charAt(at - 1) == ' ' || cookies.charAt(at - 1) == ';'
						|| cookies.charAt(at - 1) == '\t') {
					return true;
				}
				at = cookies.indexOf(TOKEN_COOKIE, at + 1);
			}
		}
		return false;
	}

	/** Whether the client asks for nothing but what is kept already. */
	boolean isOnlyIfCached() {
		return this.control.has("only-if-cached");
	}

	/** Whether a method may change something (RFC 9110, section 9.2.1). */
	static boolean isUnsafe(HttpMethod method) {
		return !HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method) && !HttpMethod.OPTIONS.equals(method)
				&& !HttpMethod.TRACE.equals(method);
	}

}
