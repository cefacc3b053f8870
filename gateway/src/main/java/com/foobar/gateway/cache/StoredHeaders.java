package com.foobar.gateway.cache;

import java.util.Set;
import java.util.TreeSet;

import com.foobar.gateway.http.HopByHopHeaders;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Which headers of a response are stored?
 */
final class StoredHeaders {

	/** Of one exchange only, or set for each response. */
	private static final Set<String> NOT_STORED = caseInsensitive("Server-Timing", "X-Request-Id", "Cache-Status",
			"Content-Length");

	private StoredHeaders() {
	}

	/** A copy of those that are stored. */
	static HttpHeaders of(HttpHeaders headers) {
		HttpHeaders stored = new DefaultHttpHeaders();
		HopByHopHeaders.copyEndToEnd(headers, stored, NOT_STORED::contains);
		return stored;
	}

	static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(Set.of(names));
		return set;
	}

}
