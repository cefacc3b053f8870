package com.foobar.web.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a notice. Always has a name to show; has an id only where a member wrote it.
 *
 * @param id the member, absent for a guest
 * @param name the member's name, or that of all guests
 */
public record NoticeAuthor(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long id, String name) {

	/** The author of what was posted without signing in. */
	public static final NoticeAuthor GUEST = new NoticeAuthor(null, "Guest");

	static NoticeAuthor of(@Nullable Long id, @Nullable String name) {
		return (id != null && name != null) ? new NoticeAuthor(id, name) : GUEST;
	}

}
