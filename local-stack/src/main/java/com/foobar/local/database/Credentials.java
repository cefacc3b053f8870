package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import com.foobar.local.process.StackException;

/**
 * The password of each {@link Account}. Immutable; its text form shows none of them.
 */
public final class Credentials {

	// They are written into SQL that has no parameters, so nothing that needs quoting
	// gets in.
	private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_.~+/=-]{8,128}");

	private final Map<Account, String> passwords;

	private Credentials(Map<Account, String> passwords) {
		this.passwords = new EnumMap<>(passwords);
		for (Account account : Account.values()) {
			String password = this.passwords.get(account);
			if (password == null || !ACCEPTED.matcher(password).matches()) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"The password of %s is %s; expected 8 to 128 characters of %s", account.username(),
						(password != null) ? "not acceptable" : "missing", "A-Za-z0-9_.~+/=-"));
			}
		}
	}

	public static Credentials of(Map<Account, String> passwords) {
		return new Credentials(passwords);
	}

	/**
	 * Reads the passwords from a database server's directory of secrets.
	 */
	public static Credentials read(Path directory) {
		Map<Account, String> passwords = new EnumMap<>(Account.class);
		try {
			for (Account account : Account.values()) {
				passwords.put(account, Files.readString(directory.resolve(account.passwordFile())).strip());
			}
			return new Credentials(passwords);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "The passwords in %s cannot be read: %s", directory, ex);
		}
	}

	/**
	 * Makes new passwords of 192 random bits each.
	 */
	public static Credentials random() {
		SecureRandom random = new SecureRandom();
		Map<Account, String> passwords = new EnumMap<>(Account.class);
		for (Account account : Account.values()) {
			byte[] bytes = new byte[24];
			random.nextBytes(bytes);
			passwords.put(account, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		}
		return new Credentials(passwords);
	}

	public String password(Account account) {
		return Objects.requireNonNull(this.passwords.get(account));
	}

	@Override
	public String toString() {
		return "Credentials" + this.passwords.keySet();
	}

}
