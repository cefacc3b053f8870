package com.foobar.web.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a notice. Always has a name to show; has an id only while its author is a
 * member.
 *
 * @param id the member, absent if the member was removed
 * @param name the member's name, or one for all who were removed
 */
public record NoticeAuthor(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long id, String name) {

	/** The author of what members wrote who were removed since. */
	static final NoticeAuthor FORMER_MEMBER = new NoticeAuthor(null, "A former member");

	static NoticeAuthor of(@Nullable Long id, @Nullable String name) {
		return (id != null && name != null) ? new NoticeAuthor(id, name) : FORMER_MEMBER;
	}

}
