package com.foobar.web.notices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NoticeSortTests {

	@ParameterizedTest
	@CsvSource({ "createdAt,OLDEST", "'createdAt,asc',OLDEST", "'createdAt,desc',NEWEST", "title,TITLE",
			"'title,desc',TITLE_DESCENDING", "'',NEWEST", ",NEWEST" })
	void parsesTheOrder(String text, NoticeSort expected) {
		assertThat(NoticeSort.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "body", "title,down", "title;drop table notices", "n.id" })
	void rejectsOtherOrders(String text) {
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> NoticeSort.parse(text))
			.withMessageContaining("createdAt,desc")
			.withMessageNotContaining("drop");
	}

	@Test
	void everyOrderEndsWithTheUniqueKey() {
		assertThat(NoticeSort.values()).allSatisfy((sort) -> assertThat(sort.by("x")).contains(", x.id"));
	}

}
