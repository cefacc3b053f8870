package com.foobar.routing.physical;

/**
 * Recognizes queries that take no locks by their text; in doubt it is not one. Reads the
 * text once and allocates nothing, since it runs before each statement.
 */
final class NonlockingSelect {

	private NonlockingSelect() {
	}

	static boolean matches(String sql) {
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
			// Also inside a string literal, which only costs one more statement.
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

	/** The position after a word and white space, or the length if there is no word. */
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
