package com.foobar.web.members;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The administrator that is created at startup if there is none.
 *
 * @param name shown beside the administrator's notices
 * @param email address to sign in with
 * @param password the first password; generated and logged once if not set
 */
@ConfigurationProperties("foobar.administrator")
record AdministratorProperties(@DefaultValue("Administrator") String name,
		@DefaultValue("admin@foobar.com") String email, @Nullable String password) {

	@Override
	public String toString() {
		return "AdministratorProperties[" + this.email + "]";
	}

}
