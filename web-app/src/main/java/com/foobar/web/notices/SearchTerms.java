package com.foobar.web.notices;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The terms of a search, for InnoDB's full-text index: for each term, a notice must
 * contain a word that starts with it. Input is never parsed as an operator. Immutable.
 *
 * @param terms words without operators, in lower case
 */
record SearchTerms(Set<String> terms) {

	private static final int MAX_TERMS = 8;

	/** Shorter words are not in the index (innodb_ft_min_token_size). */
	private static final int MIN_LENGTH = 3;

	/**
	 * InnoDB's default stop words of three letters and more: they are not in the index,
	 * so requiring one would find nothing.
	 */
	private static final Set<String> STOP_WORDS = Set.of("about", "are", "com", "for", "from", "how", "that", "the",
			"this", "und", "was", "what", "when", "where", "who", "will", "with", "www");

	private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_]+");

	static SearchTerms parse(@Nullable String text) {
		if (text == null) {
			return new SearchTerms(Set.of());
		}
		Set<String> terms = SEPARATORS.splitAsStream(text.toLowerCase(Locale.ROOT))
			.filter((term) -> term.codePointCount(0, term.length()) >= MIN_LENGTH)
			.filter((term) -> !STOP_WORDS.contains(term))
			.limit(MAX_TERMS)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return new SearchTerms(terms);
	}

	boolean isEmpty() {
		return this.terms.isEmpty();
	}

	String inBooleanMode() {
		return this.terms.stream().map((term) -> "+" + term + "*").collect(Collectors.joining(" "));
	}

}
