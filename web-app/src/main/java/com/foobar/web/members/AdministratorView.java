package com.foobar.web.members;

import java.time.Instant;

/**
 * The data of an administrator that other administrators see.
 *
 * @param id the member
 * @param name the name that the member chose, not unique
 * @param email the e-mail address, unique
 * @param createdAt when the member joined
 */
public record AdministratorView(long id, String name, String email, Instant createdAt) {

	/** Without the address, which must not be logged. */
	@Override
	public String toString() {
		return "AdministratorView[id=" + this.id + ", name=" + this.name + "]";
	}

}
