package com.example.board;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

record NoticeView(long id, String title, String body, Author author, Instant createdAt, int version) {

	private static final int EXCERPT = 320;

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	record Author(Long id, String name) {

	}

	static NoticeView of(Notice notice) {
		Member author = notice.getAuthor();
		return new NoticeView(notice.getId(), notice.getTitle(), notice.getBody(),
				(author != null) ? new Author(author.getId(), author.getName()) : new Author(null, "A former member"),
				notice.getCreatedAt(), notice.getVersion());
	}

	public String excerpt() {
		return (this.body.length() <= EXCERPT) ? this.body : this.body.substring(0, EXCERPT) + " …";
	}

	public String day() {
		return DAY.format(this.createdAt);
	}

}
