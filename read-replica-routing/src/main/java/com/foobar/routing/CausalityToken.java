package com.foobar.routing;

import java.util.Objects;

import com.foobar.routing.gtid.GtidSet;

/**
 * What a reader must be able to see: the GTIDs of the transactions it depends on. Sent as
 * text, in a cookie, a header, a message or a column, and valid on every instance of the
 * application. Immutable and thread-safe.
 * <p>
 * A token is neither secret nor authenticated: its holder learns how many transactions
 * the server has run, and a forged one delays only its sender.
 */
public final class CausalityToken {

	/** The token that requires nothing. */
	public static final CausalityToken NONE = new CausalityToken(GtidSet.NONE);

	/** Maximum length of a token, in characters. */
	public static final int MAX_LENGTH = GtidSet.MAX_LENGTH;

	private final GtidSet transactions;

	private CausalityToken(GtidSet transactions) {
		this.transactions = transactions;
	}

	/**
	 * Create a token.
	 * @param transactions the GTIDs that it stands for
	 * @return the token
	 */
	public static CausalityToken of(GtidSet transactions) {
		return transactions.isEmpty() ? NONE : new CausalityToken(transactions);
	}

	/**
	 * Parse a token. Accepts MySQL GTID sets, with tags too, and MariaDB positions, with
	 * {@code ~} in place of a comma.
	 * @param text what {@link #toString()} returned, here or on another instance
	 * @return the token
	 * @throws IllegalArgumentException if the text is no token or is too long
	 */
	public static CausalityToken parse(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"The token has " + text.length() + " characters; expected " + MAX_LENGTH + " at most");
		}
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= ' ' || c > '~' || c == ',') {
				throw new IllegalArgumentException("The token has a character it cannot have at " + i
						+ "; expected letters, digits and the signs - : _ ~");
			}
		}
		return of(shorten(GtidSet.parse(text.replace('~', ','))));
	}

	/**
	 * Return whether the token requires nothing.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.transactions.isEmpty();
	}

	/**
	 * Combine two tokens.
	 * @param other the other token
	 * @return a token that requires both
	 */
	public CausalityToken plus(CausalityToken other) {
		return of(shorten(this.transactions.plus(other.transactions)));
	}

	private static GtidSet shorten(GtidSet transactions) {
		return transactions.shorten(GtidSet.NONE, () -> GtidSet.NONE);
	}

	/**
	 * Return the GTIDs that the token stands for.
	 * @return the GTIDs
	 */
	public GtidSet transactions() {
		return this.transactions;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof CausalityToken token && this.transactions.equals(token.transactions);
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(this.transactions);
	}

	/**
	 * The text that {@link #parse} accepts. Needs no encoding in a cookie or a header.
	 */
	@Override
	public String toString() {
		return this.transactions.toString().replace(',', '~');
	}

}
