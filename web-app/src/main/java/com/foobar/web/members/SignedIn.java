package com.foobar.web.members;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * The member on whose behalf a request is made. Immutable; as fresh as the last look at
 * the table, which is a minute old at most.
 *
 * @param id the member
 * @param name to be shown to the member
 * @param administrator whether the member may change and remove what others wrote
 * @param version which of the member's passwords the sign-in was made with
 */
public record SignedIn(long id, String name, boolean administrator, int version) implements Serializable {

	/**
	 * Answers "may this member change what that one wrote?".
	 * @param authorId who wrote it, nothing if the author is no member any more
	 * @return whether so
	 */
	public boolean mayChange(@Nullable Long authorId) {
		return this.administrator || (authorId != null && authorId == this.id);
	}

}
