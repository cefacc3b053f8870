package com.foobar.local.secrets;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user and group, by number, that a consumer runs as.
 *
 * @param consumer the name of its directory
 */
public record Owner(String consumer, int uid, int gid) {

	private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)=(\\d{1,9}):(\\d{1,9})");

	/**
	 * Reads {@code NAME=UID:GID}.
	 */
	public static Owner parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"The owner is '%s'; expected NAME=UID:GID such as web-app=10001:10001", text));
		}
		return new Owner(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
	}

}
