package com.foobar.web.notices.web;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.foobar.web.members.MemberView;

/**
 * A member as pages show it. Immutable.
 *
 * @param id the member
 * @param name as the member wrote it
 * @param since when the member joined, for people
 */
record ShownAuthor(long id, String name, String since) {

	private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	static ShownAuthor of(MemberView member) {
		return new ShownAuthor(member.id(), member.name(), MONTH.format(member.createdAt()));
	}

}
