package com.foobar.web.members.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Who is to become an administrator.
 *
 * @param email the address that the member joined with
 */
record AdministratorForm(@NotBlank(message = "must not be empty") @Size(max = 254,
		message = "must have at most {max} characters") @Nullable String email) {

}
