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
 * What of a request does an answer depend on? After the header {@code Vary} (RFC 9110,
 * section 12.5.5).
 */
final class VaryKey {

	private VaryKey() {
	}

	/**
	 * The values of the headers that an answer names.
	 * @param answer headers of the answer
	 * @param request headers of its request, as the client sent them
	 * @return by name; null if it depends on more than the client's headers
	 */
	static @Nullable Map<String, String> of(HttpHeaders answer, HttpHeaders request) {
		if (!answer.contains(HttpHeaderNames.VARY)) {
			return Map.of();
		}
		Map<String, String> varies = new TreeMap<>();
		for (String value : answer.getAll(HttpHeaderNames.VARY)) {
			for (String name : HeaderLists.split(value)) {
				// What the gateway tells of a client differs where all that the client
				// sent is the same.
				if (name.equals("*") || ForwardedHeaders.isReserved(name)) {
					return null;
				}
				varies.put(name.toLowerCase(Locale.ROOT), value(request, name));
			}
		}
		return Map.copyOf(varies);
	}

	/** A header of a request, the same for all ways to write its list. */
	static String value(HttpHeaders request, String name) {
		List<String> values = request.getAll(name);
		return values.isEmpty() ? ""
				: String.join(",", values.stream().flatMap((value) -> HeaderLists.split(value).stream()).toList());
	}

}
