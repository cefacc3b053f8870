package com.foobar.routing.physical;

/**
 * Tells from its text whether a statement is a query that takes no locks. When in doubt
 * it says no. Reads the text once and allocates nothing, since it is asked before each
 * statement.
 */
final class NonlockingSelect {

	private NonlockingSelect() {
	}

	static boolean isWithoutLocks(String sql) {
		int start = 0;
		while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
			start++;
		}
		if (!isWord(sql, start, "select")) {
			return false;
		}
		boolean atWord = true;
		for (int i = start + "select".length(); i < sql.length(); i++) {
			char character = sql.charAt(i);
			if (character == ';' || (character == '/' && i + 1 < sql.length() && sql.charAt(i + 1) == '*')) {
				return false;
			}
			// In a string literal too: that costs a statement more, and nothing else.
			if (atWord && locks(sql, i)) {
				return false;
			}
			atWord = !isPartOfWord(character);
		}
		return true;
	}

	private static boolean locks(String sql, int at) {
		return switch (sql.charAt(at)) {
			case 'f', 'F' -> {
				int next = afterSpace(sql, at, "for");
				yield isWord(sql, next, "update") || isWord(sql, next, "share");
			}
			case 'l', 'L' -> isWord(sql, afterSpace(sql, at, "lock"), "in");
			case 'i', 'I' -> isWord(sql, at, "into");
			default -> false;
		};
	}

	/** Where the text goes on after a word and white space, or beyond the end. */
	private static int afterSpace(String sql, int at, String word) {
		if (!isWord(sql, at, word)) {
			return sql.length();
		}
		int next = at + word.length();
		while (next < sql.length() && Character.isWhitespace(sql.charAt(next))) {
			next++;
		}
		return next;
	}

	private static boolean isWord(String sql, int at, String word) {
		int end = at + word.length();
		return sql.regionMatches(true, at, word, 0, word.length())
				&& (end >= sql.length() || !isPartOfWord(sql.charAt(end)));
	}

	private static boolean isPartOfWord(char character) {
		return Character.isLetterOrDigit(character) || character == '_';
	}

}
