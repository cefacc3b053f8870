package com.foobar.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainTextTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "", "one two", "Z\u00fcrich", "\u05e9\u05dc\u05d5\u05dd", "\ud83d\udc69\u200d\ud83d\ude80" })
	void textInAnyScriptIsAccepted(String text) {
		assertThat(text).matches(PlainText.LINE).matches(PlainText.LINES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "\ud800", "a\u001bb" })
	void controlCharactersAreRejected(String text) {
		assertThat(text).doesNotMatch(PlainText.LINE).doesNotMatch(PlainText.LINES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\tb", "a\u2028b", "\u202egnp.exe", "a\u2066b" })
	void singleLineRejectsLineEndsAndDirectionControls(String text) {
		assertThat(text).doesNotMatch(PlainText.LINE).matches(PlainText.LINES);
	}

	@Test
	void normalizesLineEndsAndRemovesSurroundingInvisibleCharacters() {
		assertThat(PlainText.normalize("\ufeff a\r\nb\rc \u200b\u00a0")).isEqualTo("a\nb\nc");
		assertThat(PlainText.normalize("\u200b\u2060 ")).isEmpty();
		assertThat(PlainText.normalize("a\u200db")).isEqualTo("a\u200db");
	}

}
