package com.foobar.gateway.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

import com.foobar.gateway.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The admin password, in a file that is read at each use, so that it can be changed
 * without a restart. Reading blocks.
 */
public final class AdminPassword {

	private static final String ACTION = "Set gateway.admin.password-file to a readable file with a password of at "
			+ "least 12 characters, or leave it unset to disable changes at run time.";

	private static final int MIN_LENGTH = 12;

	private final @Nullable Path file;

	/**
	 * @param file the file; null for no password: nothing matches
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

	/** Whether there is one; without it changes are disabled. */
	public boolean isConfigured() {
		return this.file != null;
	}

	/** Whether this is the password, compared in constant time. */
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
