package com.foobar.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Copies the headers that are meant for the other end. Those that speak of one connection
 * only stay behind (RFC 9110, section 7.6.1), among them whatever {@code Connection}
 * names.
 */
public final class HopByHopHeaders {

	private static final Set<String> NAMES = caseInsensitive("Connection", "Keep-Alive", "Proxy-Connection",
			"Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
			"HTTP2-Settings", "Expect");

	private HopByHopHeaders() {
	}

	/**
	 * Adds the end-to-end headers.
	 * @param from headers as received
	 * @param to headers to send
	 * @param reserved names that are left out as well
	 */
	public static void copyEndToEnd(HttpHeaders from, HttpHeaders to, Predicate<String> reserved) {
		Set<String> named = named(from);
		var entries = from.iteratorAsString();
		while (entries.hasNext()) {
			Map.Entry<String, String> entry = entries.next();
			String name = entry.getKey();
			if (!NAMES.contains(name) && !reserved.test(name) && (named == null || !named.contains(name))) {
				to.add(name, entry.getValue());
			}
		}
	}

	private static @Nullable Set<String> named(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.CONNECTION)) {
			return null;
		}
		Set<String> named = null;
		List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
		for (String value : values) {
			if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
				continue;
			}
			for (String name : value.split(",", -1)) {
				// These decide how the message is read; no client may have them dropped.
				String option = name.strip();
				if (!option.equalsIgnoreCase("Content-Length") && !option.equalsIgnoreCase("Host")) {
					named = (named != null) ? named : caseInsensitive();
					named.add(option);
				}
			}
		}
		return named;
	}

	private static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(List.of(names));
		return set;
	}

}
