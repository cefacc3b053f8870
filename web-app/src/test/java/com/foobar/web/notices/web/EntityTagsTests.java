package com.foobar.web.notices.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntityTagsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"3"             |        | true
			"2", "3"        |        | true
			*               |        | true
			                |        | true
			"2"             |        | false
			W/"3"           |        | false
			"three"         |        | false
			3               |        | false
			"99999999999"   |        | false
			"3"             | *      | false
			                | "3"    | false
			*               | W/"3"  | false
			"3"             | "2"    | true
			""")
	void acceptsVersionThree(String ifMatch, String ifNoneMatch, boolean expected) {
		assertThat(EntityTags.expected(ifMatch, ifNoneMatch).accepts(3)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"3"             | true
			W/"3"           | true
			"2", W/"3"      | true
			*               | true
			                | false
			"2"             | false
			three           | false
			""")
	void matchesVersionThree(String ifNoneMatch, boolean expected) {
		assertThat(EntityTags.matches(ifNoneMatch, 3)).isEqualTo(expected);
	}

}
