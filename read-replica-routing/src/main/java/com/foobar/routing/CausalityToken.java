package com.foobar.routing;

import java.util.Objects;

import com.foobar.routing.gtid.GtidSet;

/**
 * What a reader must be able to see: the transactions it depends on, by the identifiers
 * the server gave them. Travels as text, in a cookie, a header, a message or a column,
 * and means the same to every instance of the application. Immutable and thread-safe.
 * <p>
 * A token is no secret and no proof: whoever holds one learns how many transactions the
 * server has run, and one that was made up costs its bearer time and nobody else
 * anything.
 */
public final class CausalityToken {

	/** The token that asks for nothing. */
	public static final CausalityToken NONE = new CausalityToken(GtidSet.NONE);

	/** How many characters the text of a token has at most. */
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
	 * Read a token. Takes MySQL GTID sets, with tags too, and MariaDB positions, with
	 * {@code ~} where the servers write a comma.
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
	 * Whether the token asks for nothing.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.transactions.isEmpty();
	}

	/**
	 * Depend on more.
	 * @param other what was done by somebody else, earlier or later
	 * @return a token that asks for both
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
	 * The text that {@link #parse} takes. Fit for a cookie and a header as it is.
	 */
	@Override
	public String toString() {
		return this.transactions.toString().replace(',', '~');
	}

}
