package com.foobar.routing.readonly;

import java.util.Set;

/**
 * Classifies whether a statement may write, from its text. {@link StatementKind#PLAIN} is
 * a guarantee; a text that is not understood is {@link StatementKind#UNKNOWN}. Reads the
 * text once. It cannot detect a view whose definition calls a function that writes. For
 * one statement and one thread.
 */
final class StatementClassifier {

	/** Plain unless a part of the statement is not. */
	private static final Set<String> QUERIES = Set.of("select", "with", "show");

	/** End or mark a transaction in which nothing was written. */
	private static final Set<String> TRANSACTION_CONTROL = Set.of("savepoint", "release", "rollback", "commit");

	/** Not part of a query that only reads. */
	private static final Set<String> NOT_IN_QUERIES = Set.of("call", "delete", "do", "into", "lock", "nextval",
			"procedure", "update");

	private static final Set<String> FILES = Set.of("outfile", "dumpfile");

	private static final Set<String> ACCESS_MODES = Set.of("transaction_read_only", "tx_read_only");

	/** The name that follows may be followed by a list of columns. */
	private static final Set<String> NAMING = Set.of("as", "with", "recursive");

	private final SqlTokens tokens;

	private StatementKind kind = StatementKind.PLAIN;

	private int statements;

	/** First word of the current statement. */
	private String verb = "";

	/** The token before the current one: a word, a symbol, or a quote. */
	private String previous = "";

	private String beforePrevious = "";

	private StatementClassifier(String sql) {
		this.tokens = new SqlTokens(sql);
	}

	/**
	 * Classify a statement.
	 * @param sql its text
	 * @return its kind; of several statements the most severe
	 */
	static StatementKind classify(String sql) {
		return new StatementClassifier(sql).classify();
	}

	private StatementKind classify() {
		boolean adjacent = false;
		while (this.tokens.advance() != SqlTokens.Type.END) {
			String current = this.tokens.text();
			switch (this.tokens.type()) {
				case WORD -> word(current);
				case QUOTED -> unknownIf(this.verb.isEmpty());
				default -> symbol(current, adjacent);
			}
			this.beforePrevious = this.previous;
			this.previous = current;
			adjacent = this.tokens.isBeforeParenthesis();
		}
		unknownIf(this.statements != 1 || this.tokens.isAmbiguous());
		return this.kind;
	}

	private void word(String word) {
		if (this.verb.isEmpty()) {
			startStatement(word);
		}
		else {
			continueStatement(word);
		}
		refuseIf(this.previous.equals("read") && word.equals("write"), StatementKind.ACCESS_MODE);
	}

	private void startStatement(String word) {
		this.verb = word;
		this.statements++;
		unknownIf(!QUERIES.contains(word) && !TRANSACTION_CONTROL.contains(word));
		refuseIf(word.equals("lock"), StatementKind.TABLE_LOCK);
	}

	private void continueStatement(String word) {
		unknownIf(NOT_IN_QUERIES.contains(word));
		unknownIf(this.previous.equals("for") && word.equals("share"));
		// A sequence of MariaDB: NEXT VALUE FOR s.
		unknownIf(this.previous.equals("next") && word.equals("value"));
		refuseIf(this.verb.equals("analyze") && word.equals("table"), StatementKind.TABLE_STATISTICS);
		refuseIf(this.previous.equals("into") && FILES.contains(word), StatementKind.FILE);
		refuseIf(ACCESS_MODES.contains(word) && !QUERIES.contains(this.verb), StatementKind.ACCESS_MODE);
	}

	private void symbol(String symbol, boolean adjacent) {
		if (symbol.equals(";")) {
			this.verb = "";
		}
		else if (symbol.equals("(") && SqlTokens.isName(this.previous)) {
			unknownIf(!mayBeCalled(adjacent));
			refuseIf(!isQualified() && BuiltInFunctions.NAMED_LOCKS.contains(this.previous), StatementKind.NAMED_LOCK);
		}
	}

	/**
	 * Whether the token before a parenthesis is a known function or keyword. White space
	 * between them turns some built-in functions into stored ones.
	 */
	private boolean mayBeCalled(boolean adjacent) {
		if (isQualified()) {
			return false;
		}
		return BuiltInFunctions.RESERVED_WORDS.contains(this.previous)
				|| (adjacent && BuiltInFunctions.isFunction(this.previous)) || NAMING.contains(this.beforePrevious)
				|| (this.previous.equals("against") && this.beforePrevious.equals(")"));
	}

	private boolean isQualified() {
		return this.beforePrevious.equals(".") || this.beforePrevious.equals("@");
	}

	private void unknownIf(boolean condition) {
		if (condition && this.kind == StatementKind.PLAIN) {
			this.kind = StatementKind.UNKNOWN;
		}
	}

	private void refuseIf(boolean condition, StatementKind refused) {
		if (condition && this.kind.refusal() == null) {
			this.kind = refused;
		}
	}

}
