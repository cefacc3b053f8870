package com.foobar.gateway.cache;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.foobar.gateway.http.ForwardedHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The request headers that select a response, by the header {@code Vary} (RFC 9110,
 * section 12.5.5).
 */
final class VaryKey {

	private VaryKey() {
	}

	/**
	 * The request's values of the headers that a response names.
	 * @param response headers of the response
	 * @param request headers of its request, as the client sent them
	 * @return by name; null if the response depends on more than the client's headers
	 */
	static @Nullable Map<String, String> of(HttpHeaders response, HttpHeaders request) {
		if (!response.contains(HttpHeaderNames.VARY)) {
			return Map.of();
		}
		Map<String, String> varies = new TreeMap<>();
		for (String value : response.getAll(HttpHeaderNames.VARY)) {
			for (String name : HeaderLists.split(value)) {
				// Headers that the gateway sets differ between clients whose requests are
				// the same.
				if (name.equals("*") || ForwardedHeaders.isReserved(name)) {
					return null;
				}
				varies.put(name.toLowerCase(Locale.ROOT), value(request, name));
			}
		}
		return Map.copyOf(varies);
	}

	/** A header of a request, with its list normalized. */
	static String value(HttpHeaders request, String name) {
		List<String> values = request.getAll(name);
		return values.isEmpty() ? ""
				: String.join(",", values.stream().flatMap((value) -> HeaderLists.split(value).stream()).toList());
	}

}
