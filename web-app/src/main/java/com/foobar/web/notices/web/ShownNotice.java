package com.foobar.web.notices.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.NoticeView;

/**
 * A notice as pages show it. Immutable.
 *
 * @param id the notice's id
 * @param title one line
 * @param body plain text
 * @param excerpt the start of the body, for lists
 * @param shortened whether the excerpt is shorter than the body
 * @param authorId the author's id, {@code null} if the author was removed
 * @param author the author's name
 * @param createdAt when it was posted
 * @param shownTime the same as text
 * @param day the day as text, for lists
 * @param version the version that an edit refers to
 * @param changeable whether the reader may change it
 */
record ShownNotice(long id, String title, String body, String excerpt, boolean shortened, @Nullable Long authorId,
		String author, Instant createdAt, String shownTime, String day, int version, boolean changeable) {

	private static final int EXCERPT = 320;

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	static ShownNotice of(NoticeView notice, @Nullable SignedIn reader) {
		String excerpt = excerpt(notice.body());
		return new ShownNotice(notice.id(), notice.title(), notice.body(), excerpt,
				excerpt.length() < notice.body().length(), notice.author().id(), notice.author().name(),
				notice.createdAt(), TIME.format(notice.createdAt()), DAY.format(notice.createdAt()), notice.version(),
				reader != null && reader.mayChange(notice.author().id()));
	}

	/** Ends between two words if possible. */
	static String excerpt(String body) {
		if (body.length() <= EXCERPT) {
			return body;
		}
		int end = body.lastIndexOf(' ', EXCERPT);
		if (end < EXCERPT / 2) {
			end = Character.isHighSurrogate(body.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
		}
		return body.substring(0, end).stripTrailing();
	}

}
