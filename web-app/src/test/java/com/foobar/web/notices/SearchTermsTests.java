package com.foobar.web.notices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchTermsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lift                    | +lift*
			Broken LIFT             | +broken* +lift*
			'+lift* -"stairs" @(x)' | +lift* +stairs*
			the lift of it          | +lift*
			lift lift               | +lift*
			aaa'bbb                 | +aaa* +bbb*
			日本語 Straße             | +日本語* +straße*
			""")
	void requiresTheBeginningOfEachWord(String text, String expected) {
		assertThat(SearchTerms.parse(text).inBooleanMode()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "''", "' '", "a of it", "'+-*\"()<>~@'" })
	void isEmptyWithoutAWordThatTheIndexHolds(String text) {
		assertThat(SearchTerms.parse(text).isEmpty()).isTrue();
	}

	@Test
	void takesTheFirstEightWords() {
		assertThat(SearchTerms.parse("one two three four five six seven eight nine ten").terms()).hasSize(8)
			.doesNotContain("nine");
	}

}
