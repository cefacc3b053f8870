package com.foobar.gateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which range of ten stored bytes a request gets.
 */
class ByteRangeTests {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private static @Nullable String part(@Nullable String condition, String... ranges) {
		HttpHeaders request = new DefaultHttpHeaders();
		for (String range : ranges) {
			request.add("Range", range);
		}
		if (condition != null) {
			request.set("If-Range", condition);
		}
		HttpHeaders headers = new DefaultHttpHeaders().add("ETag", "\"a\"")
			.add("Date", "Sat, 21 Nov 2026 10:00:00 GMT")
			.add("Last-Modified", "Sat, 21 Nov 2026 09:00:00 GMT");
		ByteRange range = ByteRange.of(request, CachedResponse.of(200, headers, Map.of(), NOW, NOW)
			.with("0123456789".getBytes(StandardCharsets.UTF_8)));
		return (range != null) ? range.contentRange() + " " + range.size() : null;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "bytes=0-0 | bytes 0-0/10 1", "bytes=2-4 | bytes 2-4/10 3", "bytes=2- | bytes 2-9/10 8",
					"bytes=-3 | bytes 7-9/10 3", "bytes=-30 | bytes 0-9/10 10", "bytes=5-500 | bytes 5-9/10 5",
					"bytes=5-99999999999999999999 | bytes 5-9/10 5", "BYTES=0-0 | bytes 0-0/10 1", "bytes=10- | -",
					"bytes=99999999999999999999- | -", "bytes=4-2 | -", "bytes=-0 | -", "bytes=- | -",
					"bytes=0-1,3-4 | -", "bytes=0-1, | -", "bytes=a-b | -", "bytes 0-1 | -", "lines=0-1 | -" })
	void parsesTheRequestedRange(String range, String expected) {
		assertThat(part(null, range)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"a\" | true", "\"b\" | false", "W/\"a\" | false",
			"Sat, 21 Nov 2026 09:00:00 GMT | true", "Sat, 21 Nov 2026 09:30:00 GMT | false", "a | false" })
	void ifRangeRequiresTheSameContent(String condition, boolean expected) {
		assertThat(part(condition, "bytes=0-0") != null).isEqualTo(expected);
	}

	@Test
	void differingRangeHeadersAreIgnored() {
		assertThat(part(null, "bytes=0-0", "bytes=1-1")).isNull();
	}

}
