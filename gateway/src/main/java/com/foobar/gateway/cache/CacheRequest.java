package com.foobar.gateway.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/**
 * What may a request get from the cache?
 *
 * @param access its access to the cache
 * @param control its directives (RFC 9111, section 5.2.1)
 */
record CacheRequest(Access access, CacheControl control) {

	/**
	 * The access of a request to the cache.
	 */
	enum Access {

		/** It gets nothing from the cache and stores nothing. */
		BYPASS,

		/** It gets a range of a fresh response, and stores nothing. */
		RANGE,

		/** It gets a response that a backend has just confirmed, or a new one. */
		REVALIDATED,

		/**
		 * It has one of the {@link RevalidationTriggers}: it gets an immutable response,
		 * otherwise one that a backend has just confirmed, or a new one.
		 */
		IMMUTABLE_OR_REVALIDATED,

		/** It gets a fresh response. */
		FRESH

	}

	/** Determines what a request with a safe method may get. */
	static CacheRequest of(HttpMethod method, HttpHeaders request, RevalidationTriggers triggers) {
		CacheControl control = CacheControl.of(request);
		return new CacheRequest(access(method, request, control, triggers), control);
	}

	private static Access access(HttpMethod method, HttpHeaders request, CacheControl control,
			RevalidationTriggers triggers) {
		if ((!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) || control.has("no-store")
				|| hasBody(request) || request.contains(HttpHeaderNames.IF_MATCH)
				|| request.contains(HttpHeaderNames.IF_UNMODIFIED_SINCE) || request.contains(HttpHeaderNames.UPGRADE)
				|| hasHopByHopHeaders(request)) {
			return Access.BYPASS;
		}
		// Sent by clients that do not know Cache-Control.
		boolean pragma = !request.contains(HttpHeaderNames.CACHE_CONTROL)
				&& request.containsValue(HttpHeaderNames.PRAGMA, "no-cache", true);
		boolean revalidated = control.has("no-cache") || pragma;
		if (request.contains(HttpHeaderNames.RANGE)) {
			boolean plain = HttpMethod.GET.equals(method) && !revalidated && !triggers.areIn(request);
			return plain ? Access.RANGE : Access.BYPASS;
		}
		if (revalidated) {
			return Access.REVALIDATED;
		}
		return triggers.areIn(request) ? Access.IMMUTABLE_OR_REVALIDATED : Access.FRESH;
	}

	private static boolean hasBody(HttpHeaders request) {
		String length = request.get(HttpHeaderNames.CONTENT_LENGTH);
		return request.contains(HttpHeaderNames.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
	}

	// Headers that Connection names are not forwarded, so the response would not match a
	// key that includes them.
	private static boolean hasHopByHopHeaders(HttpHeaders request) {
		if (!request.contains(HttpHeaderNames.CONNECTION)) {
			return false;
		}
		return !request.getAll(HttpHeaderNames.CONNECTION)
			.stream()
			.allMatch((value) -> value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close"));
	}

	/** Whether the client accepts a stored response only. */
	boolean isOnlyIfCached() {
		return this.control.has("only-if-cached");
	}

	/** Whether a method may change something (RFC 9110, section 9.2.1). */
	static boolean isUnsafe(HttpMethod method) {
		return !HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method) && !HttpMethod.OPTIONS.equals(method)
				&& !HttpMethod.TRACE.equals(method);
	}

}
