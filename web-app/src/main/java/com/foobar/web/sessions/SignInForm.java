package com.foobar.web.sessions;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a sign-in.
 *
 * @param email the e-mail address of the member
 * @param password the password
 */
public record SignInForm(
		@NotBlank(message = "must not be empty") @Size(max = 254,
				message = "must have at most {max} characters") @Nullable String email,
		@NotEmpty(message = "must not be empty") @Size(max = 200,
				message = "must have at most {max} characters") @Nullable String password) {

	@Override
	public String toString() {
		return "SignInForm[]";
	}

}
