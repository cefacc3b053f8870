package com.foobar.gateway.cache;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How directives are parsed.
 */
class CacheControlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "max-age=60 | max-age | 60", "MAX-AGE=60 | max-age | 60",
			"public, max-age=60 | max-age | 60", "public ,max-age=60,, | max-age | 60", "max-age=\"60\" | max-age | 60",
			"max-age=60, max-age=5 | max-age | 5", "max-age=-1 | max-age | 0", "max-age=soon | max-age | 0",
			"max-age | max-age | 0", "max-age=0000000000060 | max-age | 60", "max-age=00000000000 | max-age | 0",
			"ext=\"a, max-age=5 | max-age | 5", "max-age=60, ext=\"a, max-age=5 | max-age | 5",
			"max-age=99999999999 | max-age | 2147483647", "s-maxage=60 | max-age | -",
			"ext=\"a, max-age=5\" | max-age | -", "ext=\"a\\\", max-age=5\" | max-age | -" })
	void parsesSeconds(String header, String directive, Long seconds) {
		assertThat(CacheControl.parse(List.of(header)).seconds(directive)).isEqualTo(seconds);
	}

	@Test
	void combinesAllHeaders() {
		CacheControl cacheControl = CacheControl.parse(List.of("public", "private=\"Set-Cookie\", no-cache=X"));
		assertThat(cacheControl.has("public")).isTrue();
		assertThat(cacheControl.has("private")).isTrue();
		assertThat(cacheControl.has("no-cache")).isTrue();
		assertThat(cacheControl.has("no-store")).isFalse();
	}

}
