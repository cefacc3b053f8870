package com.foobar.web.notices.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.foobar.web.notices.NoticePage;
import com.foobar.web.notices.NoticeView;

/**
 * What the home page shows. Immutable.
 *
 * @param readable whether the notices could be read
 * @param items the notices on this page
 * @param total notices on all pages
 * @param page which page, counted from zero
 * @param lastPage which page is the last one
 * @param q what was searched for
 * @param posted what was just posted
 * @param postedIsListed whether it is among the items: a replica may not have it yet
 */
record HomePage(boolean readable, List<Item> items, long total, int page, int lastPage, @Nullable String q,
		PostedCookie.@Nullable Posted posted, boolean postedIsListed) {

	static final HomePage UNREADABLE = new HomePage(false, List.of(), 0, 0, 0, null, null, false);

	private static final DateTimeFormatter SHOWN = DateTimeFormatter
		.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	static HomePage of(NoticePage list, @Nullable String q, PostedCookie.@Nullable Posted posted) {
		return new HomePage(true, list.items().stream().map(Item::of).toList(), list.total(), list.page(),
				list.lastPage(), (q == null || q.isBlank()) ? null : q.strip(), posted,
				posted != null && list.items().stream().anyMatch((notice) -> notice.id() == posted.id()));
	}

	/**
	 * One notice.
	 *
	 * @param id the notice
	 * @param title one line
	 * @param body plain text
	 * @param author who wrote it
	 * @param createdAt when, for machines
	 * @param shownTime when, for people
	 */
	record Item(long id, String title, String body, String author, Instant createdAt, String shownTime) {

		static Item of(NoticeView notice) {
			return new Item(notice.id(), notice.title(), notice.body(), notice.author().name(), notice.createdAt(),
					SHOWN.format(notice.createdAt()));
		}

	}

}
