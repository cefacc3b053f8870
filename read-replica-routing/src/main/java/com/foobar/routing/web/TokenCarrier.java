package com.foobar.routing.web;

/**
 * The names of the header and the cookie of a token.
 */
public final class TokenCarrier {

	/** The header of requests and responses. */
	public static final String HEADER = "Read-After";

	/** The cookie of browsers. */
	public static final String COOKIE = "read_after";

	private TokenCarrier() {
	}

}
