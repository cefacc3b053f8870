package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept, and what of it may be given to whom? Pure functions of messages and
 * the time, after RFC 9111 as a shared cache, and stricter where it leaves the choice: an
 * answer is kept only if it says that it is meant to be shared ({@code public} or
 * {@code s-maxage}), and nothing is guessed about how long it is fresh.
 *
 * @param maxLifetime how long an answer that may change is given without asking again
 * @param triggers what forces the revalidation of a response that is not immutable
 */
record CachingRules(Duration maxLifetime, RevalidationTriggers triggers) {

	/**
	 * Client errors that a response's own URI explains. Others may come of a header that
	 * another client does not send: stored, one request could take a page from everybody
	 * (cache-poisoned denial of service).
	 */
	private static final Set<Integer> CLIENT_ERRORS = Set.of(404, 410, 414, 451);

	/** Stored statuses with a definition, for {@code must-understand}. */
	private static final Set<Integer> UNDERSTOOD = Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 410, 414,
			451);

	/** So long means: for ever (RFC 2616, section 14.21). */
	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * Whether an answer to a GET may be kept (RFC 9111, section 3).
	 * @param status its status code
	 * @param answer its headers
	 */
	boolean mayStore(int status, HttpHeaders answer) {
		if (!answer.contains(HttpHeaderNames.CACHE_CONTROL) || !isStored(status)) {
			return false;
		}
		CacheControl control = CacheControl.of(answer);
		return (control.has("public") || control.has("s-maxage")) && !isForbidden(status, control)
				&& !answer.contains(HttpHeaderNames.SET_COOKIE) && !this.triggers.areHeadersOf(answer)
				&& (control.has("s-maxage") || control.has("max-age") || answer.contains(HttpHeaderNames.EXPIRES)
						|| answer.contains(HttpHeaderNames.ETAG) || answer.contains(HttpHeaderNames.LAST_MODIFIED));
	}

	// Neither a part (206) nor a confirmation (304). A server error would outlast its
	// cause.
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
	 * Whether a kept answer may be given without asking (RFC 9111, section 4.2).
	 * @param stored the answer
	 * @param asked the request
	 * @param now the time
	 */
	boolean mayServe(CachedResponse stored, CacheRequest asked, Instant now) {
		boolean wanted = switch (asked.access()) {
			case FRESH, RANGE -> true;
			case IMMUTABLE_OR_REVALIDATED -> neverChanges(stored);
			case BYPASS, REVALIDATED -> false;
		};
		if (!wanted || stored.control().has("no-cache")) {
			return false;
		}
		Duration age = stored.age(now);
		Duration left = left(stored, now);
		Long maxAge = asked.control().seconds("max-age");
		Long minFresh = asked.control().seconds("min-fresh");
		if ((maxAge != null && age.compareTo(Duration.ofSeconds(maxAge)) > 0)
				|| (minFresh != null && left.compareTo(Duration.ofSeconds(minFresh)) < 0)) {
			return false;
		}
		if (left.compareTo(Duration.ZERO) > 0) {
			return true;
		}
		return asked.control().has("max-stale") && mayBeStale(stored)
				&& left.negated().compareTo(maxStale(asked.control())) <= 0;
	}

	// Without an argument: however stale.
	private static Duration maxStale(CacheControl wishes) {
		Long seconds = wishes.hasArgument("max-stale") ? wishes.seconds("max-stale") : null;
		return (seconds != null) ? Duration.ofSeconds(seconds) : YEAR;
	}

	/** How long a kept answer is given without asking yet. */
	Duration left(CachedResponse stored, Instant now) {
		Duration left = stored.left(now);
		if (neverChanges(stored)) {
			return left;
		}
		Duration trusted = this.maxLifetime.minus(stored.residence(now));
		return (left.compareTo(trusted) <= 0) ? left : trusted;
	}

	/**
	 * Whether an answer will be fresh, so that it pays to wait for it.
	 * @param answer the answer
	 */
	boolean isReusable(CachedResponse answer) {
		return !answer.control().has("no-cache") && left(answer, answer.received()).compareTo(Duration.ZERO) > 0;
	}

	// RFC 8246, and what was said before there was a word for it.
	private static boolean neverChanges(CachedResponse stored) {
		return stored.control().has("immutable") || stored.lifetime().compareTo(YEAR) >= 0;
	}

	/**
	 * Whether a kept answer may be given because no backend has a better one (RFC 5861,
	 * section 4).
	 * @param stored the answer
	 * @param access what the client may be given
	 * @param now the time
	 */
	static boolean mayStandIn(CachedResponse stored, CacheRequest.Access access, Instant now) {
		return access == CacheRequest.Access.FRESH && isWithin("stale-if-error", stored, now);
	}

	/**
	 * Whether a kept answer may be given because a better one is on its way (RFC 5861,
	 * section 3).
	 * @param stored the answer
	 * @param access what the client may be given
	 * @param now the time
	 */
	static boolean mayPrecede(CachedResponse stored, CacheRequest.Access access, Instant now) {
		return access == CacheRequest.Access.FRESH && isWithin("stale-while-revalidate", stored, now);
	}

	private static boolean isWithin(String directive, CachedResponse stored, Instant now) {
		Duration stale = stored.left(now).negated();
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

	/**
	 * Whether the client has the kept answer already (RFC 9110, section 13.2.2).
	 * @param stored the answer
	 * @param request headers of the request
	 */
	static boolean isKnown(CachedResponse stored, HttpHeaders request) {
		if (stored.status() != 200) {
			return false;
		}
		if (request.contains(HttpHeaderNames.IF_NONE_MATCH)) {
			String tag = stored.headers().get(HttpHeaderNames.ETAG);
			return request.getAll(HttpHeaderNames.IF_NONE_MATCH)
				.stream()
				.flatMap((value) -> HeaderLists.split(value).stream())
				.anyMatch((known) -> known.equals("*") || isSame(known, tag));
		}
		if (!request.contains(HttpHeaderNames.IF_MODIFIED_SINCE)) {
			return false;
		}
		// What does not say when it was changed was not changed after it was sent (RFC
		// 9111, section 4.3.2).
		boolean dated = stored.headers().contains(HttpHeaderNames.LAST_MODIFIED);
		Instant since = HttpDates.of(request, HttpHeaderNames.IF_MODIFIED_SINCE);
		Instant modified = HttpDates.of(stored.headers(), dated ? HttpHeaderNames.LAST_MODIFIED : HttpHeaderNames.DATE);
		return since != null && modified != null && !modified.isAfter(since);
	}

	/**
	 * Whether a 304 speaks of the answer that is kept (RFC 9111, section 4.3.4).
	 * @param stored the answer
	 * @param confirmation headers of the 304
	 */
	static boolean isConfirmed(CachedResponse stored, HttpHeaders confirmation) {
		String tag = confirmation.get(HttpHeaderNames.ETAG);
		if (tag != null) {
			return isSame(tag, stored.headers().get(HttpHeaderNames.ETAG));
		}
		return isSameOrAbsent(HttpHeaderNames.LAST_MODIFIED, stored, confirmation);
	}

	/**
	 * Whether a 200 to a HEAD speaks of the content that is stored (RFC 9111, section
	 * 4.3.5).
	 * @param stored the response to a GET
	 * @param head headers of the response to a HEAD
	 */
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
	 * Makes a request ask whether a kept answer is still right; the client's own
	 * condition is answered from what comes of it.
	 * @param request headers that are sent
	 * @param stored the answer
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
