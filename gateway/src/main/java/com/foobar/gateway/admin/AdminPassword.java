package com.foobar.gateway.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

import com.foobar.gateway.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The password of the operators, in a file. It is read for each use, so that it can be
 * changed without a restart. Reading blocks.
 */
public final class AdminPassword {

	private static final String ACTION = "Set gateway.admin.password-file to a readable file with a password of at "
			+ "least 12 characters, or leave it unset to refuse all orders.";

	private static final int MIN_LENGTH = 12;

	private final @Nullable Path file;

	/**
	 * @param file the file; null for no password, which nothing matches
	 */
	AdminPassword(@Nullable Path file) {
		this.file = file;
		if (file != null) {
			try {
				read(file);
			}
			catch (IOException ex) {
				throw new InvalidSettingException(
						"gateway.admin.password-file is " + file + ", which cannot be read (" + ex + ")", ACTION);
			}
		}
	}

	/** Whether there is one; if not, nobody can give orders. */
	public boolean isConfigured() {
		return this.file != null;
	}

	/**
	 * Whether this is the password, in a time that does not tell how much of it is right.
	 * @param password what somebody claims
	 */
	boolean matches(String password) throws IOException {
		return this.file != null && MessageDigest.isEqual(read(this.file), password.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] read(Path file) throws IOException {
		String text = Files.readString(file).strip();
		if (text.length() < MIN_LENGTH) {
			throw new InvalidSettingException("gateway.admin.password-file is " + file + ", which holds "
					+ text.length() + " characters; expected at least " + MIN_LENGTH, ACTION);
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
