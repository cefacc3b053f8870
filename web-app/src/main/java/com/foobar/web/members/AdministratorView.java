package com.foobar.web.members;

import java.time.Instant;

/**
 * What administrators may know of each other.
 *
 * @param id the member
 * @param name as the member wrote it; others may have the same
 * @param email the address, which nobody else has
 * @param createdAt when the member joined
 */
public record AdministratorView(long id, String name, String email, Instant createdAt) {

	/** Without the address, which has no place in a log. */
	@Override
	public String toString() {
		return "AdministratorView[id=" + this.id + ", name=" + this.name + "]";
	}

}
