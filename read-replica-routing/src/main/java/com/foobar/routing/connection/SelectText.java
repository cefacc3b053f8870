package com.foobar.routing.connection;

import java.util.regex.Pattern;

/**
 * Tells from its text whether a statement is a query that takes no locks. When in doubt
 * it says no.
 */
final class SelectText {

	/** In a string literal too: that costs a statement more, and nothing else. */
	private static final Pattern LOCK = Pattern.compile("\\bfor\\s+(?:update|share)\\b|\\block\\s+in\\b|\\binto\\b",
			Pattern.CASE_INSENSITIVE);

	private SelectText() {
	}

	static boolean isWithoutLocks(String sql) {
		int start = 0;
		while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
			start++;
		}
		return sql.regionMatches(true, start, "select", 0, 6) && sql.indexOf(';') < 0 && !sql.contains("/*")
				&& !LOCK.matcher(sql).find();
	}

}
