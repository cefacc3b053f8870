package com.foobar.web.members;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A member's wish for another password.
 *
 * @param current the password until now
 * @param password the one from now on, 12 characters to 72 bytes
 */
public record PasswordChange(@NotEmpty(message = "must not be empty") @Nullable String current,
		@NotEmpty(message = "must not be empty") @Size(min = 12,
				message = "must have at least {min} characters") @MaxBytes(72) @Nullable String password) {

	@Override
	public String toString() {
		return "PasswordChange[]";
	}

}
