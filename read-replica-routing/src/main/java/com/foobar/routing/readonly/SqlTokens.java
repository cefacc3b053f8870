package com.foobar.routing.readonly;

import java.util.Arrays;

/**
 * Splits the text of a statement into tokens, as MySQL and MariaDB do, without copying
 * it. Where the two, or their modes, would read it differently, {@link #isAmbiguous()} is
 * true, and what may be code is read as code. For one thread.
 */
final class SqlTokens {

	/** What is between two pieces of white space, comments or symbols. */
	enum Type {

		/** A keyword, a name or a number. */
		WORD,

		/** A name in back quotes, or something in single or double quotes. */
		QUOTED,

		/** One character of anything else. */
		SYMBOL,

		END

	}

	private static final String QUOTES = "'\"`";

	private static final String[] ASCII = new String[128];

	static {
		Arrays.setAll(ASCII, (i) -> String.valueOf((char) i));
	}

	private final String sql;

	private int next;

	private Type type = Type.END;

	private int start;

	private boolean ambiguous;

	private boolean inVersionComment;

	SqlTokens(String sql) {
		this.sql = sql;
	}

	/** Go on to the next token. */
	Type advance() {
		skipSpace();
		this.start = this.next;
		if (this.next >= this.sql.length()) {
			this.type = Type.END;
		}
		else if (isPartOfWord(this.sql.charAt(this.next))) {
			while (this.next < this.sql.length() && isPartOfWord(this.sql.charAt(this.next))) {
				this.next++;
			}
			this.type = Type.WORD;
		}
		else {
			char character = this.sql.charAt(this.next++);
			if (QUOTES.indexOf(character) >= 0) {
				skipQuoted(character);
				this.type = Type.QUOTED;
			}
			else {
				this.ambiguous |= Character.isISOControl(character) || character == '\\';
				this.type = Type.SYMBOL;
			}
		}
		return this.type;
	}

	Type type() {
		return this.type;
	}

	/**
	 * The current word in lower case, the current symbol, or the quote it begins with.
	 */
	String text() {
		char first = this.sql.charAt(this.start);
		if (this.type != Type.WORD) {
			return (first < ASCII.length) ? ASCII[first] : String.valueOf(first);
		}
		char[] word = new char[this.next - this.start];
		for (int i = 0; i < word.length; i++) {
			char character = this.sql.charAt(this.start + i);
			// Not by the rules of Unicode, in which letters outside ASCII become these.
			word[i] = (character >= 'A' && character <= 'Z') ? (char) (character + ('a' - 'A')) : character;
		}
		return new String(word);
	}

	/** Whether the text of a token may name a function. */
	static boolean isName(String text) {
		return !text.isEmpty() && (isPartOfWord(text.charAt(0)) || QUOTES.indexOf(text.charAt(0)) >= 0);
	}

	/** Whether a parenthesis opens directly behind the current token. */
	boolean isBeforeParenthesis() {
		return this.next < this.sql.length() && this.sql.charAt(this.next) == '(';
	}

	/** Whether the text can be read in more than one way. */
	boolean isAmbiguous() {
		return this.ambiguous;
	}

	private void skipSpace() {
		while (this.next < this.sql.length()) {
			if (isSpace(this.sql.charAt(this.next))) {
				this.next++;
			}
			else if (startsWith("/*!") || startsWith("/*M!")) {
				// Code for some servers and versions, a comment for all others.
				this.ambiguous = true;
				this.inVersionComment = true;
				this.next = this.sql.indexOf('!', this.next) + 1;
				while (this.next < this.sql.length() && Character.digit(this.sql.charAt(this.next), 10) >= 0) {
					this.next++;
				}
			}
			else if (startsWith("/*")) {
				skipBehind("*/", this.next + 2);
			}
			else if (this.inVersionComment && startsWith("*/")) {
				this.inVersionComment = false;
				this.next += 2;
			}
			else if (startsWith("#") || startsLineComment()) {
				int end = this.sql.indexOf('\n', this.next);
				this.next = (end >= 0) ? end + 1 : this.sql.length();
			}
			else {
				return;
			}
		}
	}

	/** Two hyphens without white space behind them are two signs. */
	private boolean startsLineComment() {
		return startsWith("--") && (this.next + 2 == this.sql.length() || isSpace(this.sql.charAt(this.next + 2)));
	}

	private void skipBehind(String end, int from) {
		int found = this.sql.indexOf(end, from);
		this.ambiguous |= found < 0;
		this.next = (found >= 0) ? found + end.length() : this.sql.length();
	}

	/**
	 * A doubled quote ends a string and begins the next one, which makes no difference
	 * here. A backslash before a quote escapes it in one mode of the server and not in
	 * the other.
	 */
	private void skipQuoted(char quote) {
		while (this.next < this.sql.length()) {
			char character = this.sql.charAt(this.next++);
			if (character == quote) {
				return;
			}
			if (character == '\\' && quote != '`' && this.next < this.sql.length()) {
				this.ambiguous |= this.sql.charAt(this.next) == quote;
				this.next++;
			}
		}
		this.ambiguous = true;
	}

	private boolean startsWith(String text) {
		return this.sql.startsWith(text, this.next);
	}

	private static boolean isSpace(char character) {
		return character == ' ' || (character >= '\t' && character <= '\r');
	}

	private static boolean isPartOfWord(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '_' || character == '$'
				|| character >= '\u0080';
	}

}
