package com.foobar.gateway.cache;

import java.util.List;

import com.foobar.gateway.cache.CacheRequest.Access;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which access to the cache a request has.
 */
class CacheRequestTests {

	private static final RevalidationTriggers TRIGGERS = new RevalidationTriggers(List.of("Read-After", "read_after"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "GET | - | FRESH", "HEAD | - | FRESH",
			"OPTIONS | - | BYPASS", "TRACE | - | BYPASS", "GET | Cache-Control: no-store | BYPASS",
			"GET | Cache-Control: no-cache | REVALIDATED", "GET | Cache-Control: max-age=0 | FRESH",
			"GET | Pragma: no-cache | REVALIDATED", "GET | Range: bytes=0-1 | RANGE",
			"HEAD | Range: bytes=0-1 | BYPASS", "GET | If-Match: \"a\" | BYPASS",
			"GET | If-Unmodified-Since: Sat, 21 Nov 2026 10:00:00 GMT | BYPASS", "GET | If-None-Match: \"a\" | FRESH",
			"GET | Upgrade: websocket | BYPASS", "GET | Content-Length: 5 | BYPASS", "GET | Content-Length: 0 | FRESH",
			"GET | Transfer-Encoding: chunked | BYPASS", "GET | Connection: keep-alive | FRESH",
			"GET | Connection: accept-language | BYPASS", "GET | Authorization: Basic eA== | FRESH",
			"GET | Cookie: theme=dark | FRESH", "GET | Read-After: g:1 | IMMUTABLE_OR_REVALIDATED",
			"GET | Cookie: read_after=g:1 | IMMUTABLE_OR_REVALIDATED",
			"GET | Cookie: a=b; read_after=g:1 | IMMUTABLE_OR_REVALIDATED",
			"GET | Cookie: a=b;read_after=g:1 | IMMUTABLE_OR_REVALIDATED", "GET | Cookie: not_read_after=g:1 | FRESH",
			"GET | Cookie: x_read_after=1; read_after=g:1 | IMMUTABLE_OR_REVALIDATED",
			"HEAD | Read-After: g:1 | IMMUTABLE_OR_REVALIDATED" })
	void accessFollowsFromTheRequest(String method, String header, Access expected) {
		HttpHeaders headers = new DefaultHttpHeaders();
		if (header != null) {
			headers.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
		}
		assertThat(CacheRequest.of(HttpMethod.valueOf(method), headers, TRIGGERS).access()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "Cache-Control, no-cache", "Pragma, no-cache", "Read-After, g:1", "Cookie, read_after=g:1",
			"If-Match, \"a\"" })
	void rangeThatNeedsRevalidationBypassesTheCache(String name, String value) {
		HttpHeaders headers = new DefaultHttpHeaders().add("Range", "bytes=0-1").add(name, value);
		assertThat(CacheRequest.of(HttpMethod.GET, headers, TRIGGERS).access()).isEqualTo(Access.BYPASS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "- | Read-After: g:1 | FRESH", "- | Cookie: read_after=g:1 | FRESH",
					"session | Read-After: g:1 | FRESH", "session | Session: 1 | IMMUTABLE_OR_REVALIDATED",
					"session | Cookie: session=1 | IMMUTABLE_OR_REVALIDATED", "session | Cookie: Session=1 | FRESH",
					"session | Cookie: session | FRESH", "session | Cookie: a=session=1 | FRESH" })
	void onlyConfiguredNamesForceRevalidation(String name, String header, Access expected) {
		HttpHeaders headers = new DefaultHttpHeaders().add(header.substring(0, header.indexOf(':')),
				header.substring(header.indexOf(':') + 2));
		RevalidationTriggers triggers = new RevalidationTriggers((name != null) ? List.of(name) : List.of());
		assertThat(CacheRequest.of(HttpMethod.GET, headers, triggers).access()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "UNKNOWN" })
	void methodsThatMayChangeSomethingAreUnsafe(String method) {
		assertThat(CacheRequest.isUnsafe(HttpMethod.valueOf(method))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS", "TRACE" })
	void methodsThatOnlyReadAreSafe(String method) {
		assertThat(CacheRequest.isUnsafe(HttpMethod.valueOf(method))).isFalse();
	}

}
