package com.foobar.web.members;

import java.util.Locale;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import com.foobar.web.PlainText;

/**
 * The data of a new member.
 *
 * @param name shown beside the member's notices, 1 to 60 characters
 * @param email address to sign in with, case-insensitive, at most 254 characters
 * @param password 12 characters to 72 bytes; bcrypt would ignore further bytes
 */
public record NewMember(
		@NotBlank(message = "must not be empty") @Size(max = 60, message = "must have at most 60 characters") @Pattern(
				regexp = PlainText.LINE, message = "must be a single line of text") @Nullable String name,
		@NotBlank(message = "must not be empty") @Size(max = 254, message = "must have at most 254 characters") @Email(
				message = "must be an e-mail address") @Nullable String email,
		@NotEmpty(message = "must not be empty") @Size(min = 12,
				message = "must have at least 12 characters") @MaxBytes(72) @Nullable String password) {

	public NewMember {
		name = (name != null) ? PlainText.normalize(name) : null;
		email = (email != null) ? normalized(email) : null;
	}

	/** Addresses are case-insensitive. */
	static String normalized(String email) {
		return email.strip().toLowerCase(Locale.ROOT);
	}

	@Override
	public String toString() {
		return "NewMember[name=" + this.name + "]";
	}

}
