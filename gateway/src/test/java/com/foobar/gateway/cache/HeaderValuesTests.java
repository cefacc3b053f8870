package com.foobar.gateway.cache;

import java.time.Instant;
import java.time.Year;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which date formats are parsed.
 */
class HeaderValuesTests {

	private static final Year NOW = Year.of(2026);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
			"Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z", "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
			"Sun Nov 16 08:49:37 1994 | 1994-11-16T08:49:37Z", "SUN, 06 NOV 1994 08:49:37 gmt | 1994-11-06T08:49:37Z",
			"Mon, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
			"Sun, 21 Nov 2286 04:46:39 GMT | 2286-11-21T04:46:39Z",
			"Sat, 31 Dec 2016 23:59:60 GMT | 2017-01-01T00:00:00Z",
			"Thu, 29 Feb 2024 00:00:00 GMT | 2024-02-29T00:00:00Z",
			// Fifty years ahead, and fifty-one.
			"Saturday, 21-Nov-76 00:00:00 GMT | 2076-11-21T00:00:00Z",
			"Saturday, 21-Nov-77 00:00:00 GMT | 1977-11-21T00:00:00Z",
			"Saturday, 21-Nov-00 00:00:00 GMT | 2000-11-21T00:00:00Z" })
	void parsesTheThreeFormats(String text, Instant expected) {
		assertThat(HeaderValues.parseDate(text, NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2080, 2129-11-21T00:00:00Z, 29", "2080, 2130-11-21T00:00:00Z, 30", "2080, 2031-11-21T00:00:00Z, 31" })
	void twoDigitsAreNeverMoreThanFiftyYearsAhead(Year now, Instant expected, String year) {
		assertThat(HeaderValues.parseDate("Monday, 21-Nov-" + year + " 00:00:00 GMT", now)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
			"Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
			"Sun, 06 Nov 94 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun 06 Nov 1994 08:49:37 GMT",
			"06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
			"Sun, 06-Nov-1994 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
			"Sun Nov 6 08:49:37 1994", "Sun Nov 06 08:49:37 1994 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
			"Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
			"Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Son, 06 Nov 1994 08:49:37 GMT",
			"Sun, ٠٦ Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z" })
	void rejectsOtherFormats(String text) {
		assertThat(HeaderValues.parseDate(text, NOW)).isNull();
	}

}
