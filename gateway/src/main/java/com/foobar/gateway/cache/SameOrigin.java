package com.foobar.gateway.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Resolves references to the same origin, such as {@code Location}, by RFC 3986, section
 * 5.2. Works on text, because {@link java.net.URI} rejects what browsers accept, such as
 * a query with {@code |}.
 */
final class SameOrigin {

	private static final Pattern REFERENCE = Pattern.compile(
			"(?:(?<scheme>[a-z][a-z0-9+.-]*):)?(?://(?<authority>[^/?#]*))?(?<path>[^?#]*)(?<query>\\?[^#]*)?(?:#.*)?",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private SameOrigin() {
	}

	/**
	 * Resolves a reference.
	 * @param origin host, and port unless it is the default one, of the request
	 * @param target path and query of the request
	 * @param reference a reference in its response
	 * @return the cache key of the URI; null if it has another origin
	 */
	static @Nullable String resolve(String origin, String target, String reference) {
		Matcher named = REFERENCE.matcher(reference.strip());
		if (!named.matches()) {
			return null;
		}
		String scheme = named.group("scheme");
		String authority = named.group("authority");
		boolean web = scheme == null || scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
		if (!web || (scheme != null && authority == null)
				|| (authority != null && !CacheExchange.origin(authority).equals(origin))) {
			return null;
		}
		String path = named.group("path");
		String query = (named.group("query") != null) ? named.group("query") : "";
		if (path.isEmpty() && authority == null) {
			return query.isEmpty() ? origin + target : origin + path(target) + query;
		}
		if (!path.startsWith("/")) {
			path = (authority != null) ? "/" : path(target).substring(0, path(target).lastIndexOf('/') + 1) + path;
		}
		return origin + withoutDots(path) + query;
	}

	private static String path(String target) {
		int query = target.indexOf('?');
		return (query != -1) ? target.substring(0, query) : target;
	}

	private static String withoutDots(String path) {
		if (!path.contains("/.")) {
			return path;
		}
		Deque<String> segments = new ArrayDeque<>();
		String last = "";
		for (String segment : path.substring(1).split("/", -1)) {
			last = segment;
			if (segment.equals("..")) {
				segments.pollLast();
			}
			else if (!segment.equals(".")) {
				segments.addLast(segment);
			}
		}
		String joined = "/" + String.join("/", segments);
		boolean directory = (last.equals(".") || last.equals("..")) && !joined.endsWith("/");
		return directory ? joined + "/" : joined;
	}

}
