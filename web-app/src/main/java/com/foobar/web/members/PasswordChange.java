package com.foobar.web.members;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A change of a member's password.
 *
 * @param current the current password
 * @param password the new password, 12 characters to 72 bytes
 */
public record PasswordChange(@NotEmpty(message = "must not be empty") @Nullable String current,
		@NotEmpty(message = "must not be empty") @Size(min = 12,
				message = "must have at least {min} characters") @MaxBytes(72) @Nullable String password) {

	@Override
	public String toString() {
		return "PasswordChange[]";
	}

}
