package com.foobar.web.notices.web;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.foobar.web.notices.NoticeAuthor;
import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeSort;
import com.foobar.web.notices.NoticeView;

import static org.assertj.core.api.Assertions.assertThat;

class PageLinksTests {

	@Test
	void linksTheNeighboursOfAPageInTheMiddle() {
		assertThat(header(2, 10, 45, null)).isEqualTo("</n?page=0&size=10&sort=createdAt,desc>; rel=\"first\", "
				+ "</n?page=1&size=10&sort=createdAt,desc>; rel=\"prev\", "
				+ "</n?page=3&size=10&sort=createdAt,desc>; rel=\"next\", "
				+ "</n?page=4&size=10&sort=createdAt,desc>; rel=\"last\"");
	}

	@Test
	void hasNoNeighboursOnTheOnlyPage() {
		assertThat(header(0, 10, 10, null)).doesNotContain("prev").doesNotContain("next");
	}

	@Test
	void pageAfterTheLastLinksToTheLast() {
		assertThat(header(9, 10, 45, null)).contains("page=4&size=10&sort=createdAt,desc>; rel=\"prev\"")
			.doesNotContain("next");
	}

	@Test
	void hasNoLastPageWhenTheCountIsIncomplete() {
		NoticePage list = new NoticePage(
				List.of(new NoticeView(1, "t", "b", new NoticeAuthor(null, "a"), Instant.EPOCH, 0)), 70, 20, 1000,
				false, true);
		assertThat(PageLinks.header("/n", list, null, NoticeSort.OLDEST))
			.isEqualTo("</n?page=0&size=20&sort=createdAt,asc>; rel=\"first\", "
					+ "</n?page=69&size=20&sort=createdAt,asc>; rel=\"prev\", "
					+ "</n?page=71&size=20&sort=createdAt,asc>; rel=\"next\"");
	}

	@Test
	void encodesTheSearchTerms() {
		assertThat(header(0, 10, 45, "a&b>; {x}")).contains("</n?q=a%26b%3E%3B%20%7Bx%7D&page=1&");
	}

	private static String header(int page, int size, long total, @org.jspecify.annotations.Nullable String text) {
		boolean hasNext = (page + 1L) * size < total;
		return PageLinks.header("/n", new NoticePage(List.of(), page, size, total, true, hasNext), text,
				NoticeSort.NEWEST);
	}

}
