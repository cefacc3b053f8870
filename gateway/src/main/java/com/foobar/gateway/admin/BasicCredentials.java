package com.foobar.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Credentials of HTTP Basic authentication (RFC 7617).
 *
 * @param name user name, for the audit log
 * @param password the password
 */
record BasicCredentials(String name, String password) {

	private static final String SCHEME = "Basic ";

	private static final int MAX_NAME = 64;

	/**
	 * Parses them.
	 * @param header value of the header {@code Authorization}
	 * @return null if there are none, or malformed ones
	 */
	static @Nullable BasicCredentials read(@Nullable String header) {
		if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return null;
		}
		try {
			String text = new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()),
					StandardCharsets.UTF_8);
			int colon = text.indexOf(':');
			return (colon != -1) ? new BasicCredentials(plain(text.substring(0, colon)), text.substring(colon + 1))
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	// The name is written into the audit log, where it must stay one word of one line.
	private static String plain(String name) {
		StringBuilder plain = new StringBuilder();
		name.chars().limit(MAX_NAME).forEach((c) -> plain.append((c > ' ' && c < 0x7f && c != '=') ? (char) c : '?'));
		return plain.isEmpty() ? "-" : plain.toString();
	}

	// Without the password.
	@Override
	public String toString() {
		return this.name;
	}

}
