package com.foobar.web.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The author of a notice. Always has a name to show, and an id only while the author is a
 * member.
 *
 * @param id the member's id, absent if the member was removed
 * @param name the member's name, or a common one for all removed members
 */
public record NoticeAuthor(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long id, String name) {

	/** The author of the notices of removed members. */
	static final NoticeAuthor FORMER_MEMBER = new NoticeAuthor(null, "A former member");

	static NoticeAuthor of(@Nullable Long id, @Nullable String name) {
		return (id != null && name != null) ? new NoticeAuthor(id, name) : FORMER_MEMBER;
	}

}
