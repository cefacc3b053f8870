package com.foobar.gateway.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Lists in header values, separated by commas (RFC 9110, section 5.6.1).
 */
final class HeaderLists {

	private HeaderLists() {
	}

	/**
	 * The members, without empty ones. A comma inside a quoted string separates nothing.
	 * If a quoted string is not closed, all commas separate, so that no member is hidden
	 * in it.
	 */
	static List<String> split(String value) {
		List<String> members = split(value, true);
		return (members != null) ? members : Objects.requireNonNull(split(value, false));
	}

	private static @Nullable List<String> split(String value, boolean quotations) {
		List<String> members = new ArrayList<>();
		StringBuilder member = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' && quotations) {
				quoted = !quoted;
			}
			if (c == '\\' && quoted && i + 1 < value.length()) {
				member.append(c).append(value.charAt(++i));
			}
			else if (c == ',' && !quoted) {
				add(members, member);
			}
			else {
				member.append(c);
			}
		}
		if (quoted) {
			return null;
		}
		add(members, member);
		return members;
	}

	private static void add(List<String> members, StringBuilder member) {
		String text = member.toString().strip();
		if (!text.isEmpty()) {
			members.add(text);
		}
		member.setLength(0);
	}

}
