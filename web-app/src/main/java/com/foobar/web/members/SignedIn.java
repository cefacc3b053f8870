package com.foobar.web.members;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * The signed-in member of a request. Immutable; read from the database within
 * {@code foobar.session.validation-interval}.
 *
 * @param id the member's id
 * @param name shown to the member
 * @param administrator whether the member may change and delete notices of others
 * @param version the version of the member's credentials at sign-in
 */
public record SignedIn(long id, String name, boolean administrator, int version) implements Serializable {

	/**
	 * Whether this member may change a notice.
	 * @param authorId the author's id, {@code null} if the author was removed
	 * @return whether the member is the author or an administrator
	 */
	public boolean mayChange(@Nullable Long authorId) {
		return this.administrator || (authorId != null && authorId == this.id);
	}

}
