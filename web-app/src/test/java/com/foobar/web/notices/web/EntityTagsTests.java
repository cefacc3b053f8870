package com.foobar.web.notices.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.foobar.web.notices.ExpectedVersion;
import com.foobar.web.notices.VersionRequiredException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		assertThat(EntityTags.expected(ifMatch, ifNoneMatch, ExpectedVersion.ANY).accepts(3)).isEqualTo(expected);
	}

	@Test
	void asksForTheVersionWhereItIsRequired() {
		assertThat(EntityTags.expected("*", null, ExpectedVersion.REQUIRED).accepts(3)).isTrue();
		assertThatExceptionOfType(VersionRequiredException.class)
			.isThrownBy(() -> EntityTags.expected(" ", "\"2\"", ExpectedVersion.REQUIRED).accepts(3))
			.withMessageContaining("If-Match");
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
	void knowsVersionThree(String ifNoneMatch, boolean expected) {
		assertThat(EntityTags.isKnown(ifNoneMatch, 3)).isEqualTo(expected);
	}

}
