package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Which responses are stored, and which requests may they be served to? Pure functions of
 * messages and the time, by RFC 9111 as a shared cache, and stricter where it leaves a
 * choice: a response is stored only with {@code public} or {@code s-maxage}, and no
 * lifetime is guessed.
 *
 * @param maxLifetime longest time for which a response that is not immutable is served
 * without revalidation
 * @param triggers what forces the revalidation of a response that is not immutable
 */
record CachingRules(Duration maxLifetime, RevalidationTriggers triggers) {

	/**
	 * Client errors that depend on the URI alone. Others may be caused by a header that
	 * another client does not send: if stored, one request could replace a page for all
	 * clients (cache-poisoned denial of service).
	 */
	private static final Set<Integer> CLIENT_ERRORS = Set.of(404, 410, 414, 451);

	/** Stored statuses with a definition, for {@code must-understand}. */
	private static final Set<Integer> UNDERSTOOD = Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 410, 414,
			451);

	/** A lifetime of a year means: never changes (RFC 2616, section 14.21). */
	private static final Duration YEAR = Duration.ofDays(365);

	/** Whether a response to a GET may be stored (RFC 9111, section 3). */
	boolean mayStore(int status, HttpHeaders response) {
		if (!response.contains(HttpHeaderNames.CACHE_CONTROL) || !isStored(status)) {
			return false;
		}
		CacheControl control = CacheControl.of(response);
		return (control.has("public") || control.has("s-maxage")) && !isForbidden(status, control)
				&& !response.contains(HttpHeaderNames.SET_COOKIE) && !this.triggers.areHeadersOf(response)
				&& (control.has("s-maxage") || control.has("max-age") || response.contains(HttpHeaderNames.EXPIRES)
						|| response.contains(HttpHeaderNames.ETAG) || response.contains(HttpHeaderNames.LAST_MODIFIED));
	}

	// Neither a 206 nor a 304. A server error would outlast its cause.
	private static boolean isStored(int status) {
		return (status >= 200 && status < 400) ? status != 206 && status != 304 : CLIENT_ERRORS.contains(status);
	}

	// With must-understand, no-store is for caches that do not know the directive (RFC
	// 9111, section 5.2.2.3).
	private static boolean isForbidden(int status, CacheControl control) {
		return control.has("private")
				|| (control.has("must-understand") ? !UNDERSTOOD.contains(status) : control.has("no-store"));
	}

	/**
	 * Whether a stored response may be served without revalidation (RFC 9111, section
	 * 4.2).
	 */
	boolean mayServe(CachedResponse stored, CacheRequest request, Instant now) {
		boolean accessible = switch (request.access()) {
			case FRESH, RANGE -> true;
			case IMMUTABLE_OR_REVALIDATED -> neverChanges(stored);
			case BYPASS, REVALIDATED -> false;
		};
		if (!accessible || stored.control().has("no-cache")) {
			return false;
		}
		Duration age = stored.age(now);
		Duration freshness = freshness(stored, now);
		Long maxAge = request.control().seconds("max-age");
		Long minFresh = request.control().seconds("min-fresh");
		if ((maxAge != null && age.compareTo(Duration.ofSeconds(maxAge)) > 0)
				|| (minFresh != null && freshness.compareTo(Duration.ofSeconds(minFresh)) < 0)) {
			return false;
		}
		if (freshness.compareTo(Duration.ZERO) > 0) {
			return true;
		}
		return request.control().has("max-stale") && mayBeStale(stored)
				&& freshness.negated().compareTo(maxStale(request.control())) <= 0;
	}

	// Without an argument: any age.
	private static Duration maxStale(CacheControl request) {
		Long seconds = request.hasArgument("max-stale") ? request.seconds("max-stale") : null;
		return (seconds != null) ? Duration.ofSeconds(seconds) : YEAR;
	}

	/** Remaining time for which a stored response is served without revalidation. */
	Duration freshness(CachedResponse stored, Instant now) {
		Duration freshness = stored.freshness(now);
		if (neverChanges(stored)) {
			return freshness;
		}
		Duration limit = this.maxLifetime.minus(stored.residence(now));
		return (freshness.compareTo(limit) <= 0) ? freshness : limit;
	}

	/** Whether a response will be fresh, so that concurrent requests may wait for it. */
	boolean isReusable(CachedResponse response) {
		return !response.control().has("no-cache")
				&& freshness(response, response.received()).compareTo(Duration.ZERO) > 0;
	}

	// RFC 8246, and the convention before it.
	private static boolean neverChanges(CachedResponse stored) {
		return stored.control().has("immutable") || stored.lifetime().compareTo(YEAR) >= 0;
	}

	/**
	 * Whether a stored response may be served because no backend has responded (RFC 5861,
	 * section 4).
	 */
	static boolean mayServeOnError(CachedResponse stored, CacheRequest.Access access, Instant now) {
		return access == CacheRequest.Access.FRESH && isWithin("stale-if-error", stored, now);
	}

	/**
	 * Whether a stored response may be served during its revalidation (RFC 5861, section
	 * 3).
	 */
	static boolean mayServeWhileRevalidating(CachedResponse stored, CacheRequest.Access access, Instant now) {
		return access == CacheRequest.Access.FRESH && isWithin("stale-while-revalidate", stored, now);
	}

	private static boolean isWithin(String directive, CachedResponse stored, Instant now) {
		Duration stale = stored.freshness(now).negated();
		if (stored.control().has("no-cache")) {
			return false;
		}
		if (stale.isNegative()) {
			return true;
		}
		Long seconds = stored.control().seconds(directive);
		return seconds != null && mayBeStale(stored) && stale.compareTo(Duration.ofSeconds(seconds)) <= 0;
	}

	// RFC 9111, section 4.2.4
	private static boolean mayBeStale(CachedResponse stored) {
		CacheControl control = stored.control();
		return !control.has("must-revalidate") && !control.has("proxy-revalidate") && !control.has("no-cache")
				&& !control.has("s-maxage");
	}

	/** Whether the client already has the stored response (RFC 9110, section 13.2.2). */
	static boolean isNotModified(CachedResponse stored, HttpHeaders request) {
		if (stored.status() != 200) {
			return false;
		}
		if (request.contains(HttpHeaderNames.IF_NONE_MATCH)) {
			String tag = stored.headers().get(HttpHeaderNames.ETAG);
			return request.getAll(HttpHeaderNames.IF_NONE_MATCH)
				.stream()
				.flatMap((value) -> HeaderValues.split(value).stream())
				.anyMatch((candidate) -> candidate.equals("*") || isSame(candidate, tag));
		}
		if (!request.contains(HttpHeaderNames.IF_MODIFIED_SINCE)) {
			return false;
		}
		// Without Last-Modified, the Date of the response counts (RFC 9111, section
		// 4.3.2).
		boolean dated = stored.headers().contains(HttpHeaderNames.LAST_MODIFIED);
		Instant since = HeaderValues.date(request, HttpHeaderNames.IF_MODIFIED_SINCE);
		Instant modified = HeaderValues.date(stored.headers(),
				dated ? HttpHeaderNames.LAST_MODIFIED : HttpHeaderNames.DATE);
		return since != null && modified != null && !modified.isAfter(since);
	}

	/**
	 * Whether a 304 selects the stored response (RFC 9111, section 4.3.4).
	 * @param stored the response
	 * @param update headers of the 304
	 */
	static boolean isSelectedBy(CachedResponse stored, HttpHeaders update) {
		String tag = update.get(HttpHeaderNames.ETAG);
		if (tag != null) {
			return isSame(tag, stored.headers().get(HttpHeaderNames.ETAG));
		}
		return isSameOrAbsent(HttpHeaderNames.LAST_MODIFIED, stored, update);
	}

	/** Whether a 200 to a HEAD matches the stored content (RFC 9111, section 4.3.5). */
	static boolean isOfSameContent(CachedResponse stored, HttpHeaders head) {
		String length = head.get(HttpHeaderNames.CONTENT_LENGTH);
		return isSameOrAbsent(HttpHeaderNames.ETAG, stored, head)
				&& isSameOrAbsent(HttpHeaderNames.LAST_MODIFIED, stored, head)
				&& (length == null || length.equals(Integer.toString(stored.body().readableBytes())));
	}

	private static boolean isSameOrAbsent(CharSequence name, CachedResponse stored, HttpHeaders other) {
		String value = other.get(name);
		return value == null || value.equals(stored.headers().get(name));
	}

	private static boolean isSame(String tag, @Nullable String other) {
		return other != null && opaque(tag).equals(opaque(other));
	}

	private static String opaque(String tag) {
		return tag.startsWith("W/") ? tag.substring(2) : tag;
	}

	/**
	 * Makes a request conditional on the stored response. The client's own condition is
	 * evaluated afterwards.
	 */
	static void condition(HttpHeaders request, CachedResponse stored) {
		request.remove(HttpHeaderNames.IF_NONE_MATCH);
		request.remove(HttpHeaderNames.IF_MODIFIED_SINCE);
		String tag = stored.headers().get(HttpHeaderNames.ETAG);
		String modified = stored.headers().get(HttpHeaderNames.LAST_MODIFIED);
		if (tag != null) {
			request.set(HttpHeaderNames.IF_NONE_MATCH, tag);
		}
		if (modified != null) {
			request.set(HttpHeaderNames.IF_MODIFIED_SINCE, modified);
		}
	}

}
