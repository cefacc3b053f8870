package com.foobar.web.notices.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntityTagsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"3"             | true
			"2", "3"        | true
			*               | true
			                | true
			"2"             | false
			W/"3"           | false
			"three"         | false
			"99999999999"   | false
			""")
	void acceptsVersionThree(String ifMatch, boolean expected) {
		assertThat(EntityTags.expected(ifMatch).accepts(3)).isEqualTo(expected);
	}

}
