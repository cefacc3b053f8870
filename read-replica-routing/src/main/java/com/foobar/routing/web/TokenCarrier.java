package com.foobar.routing.web;

/**
 * What a token is called on the wire.
 */
public final class TokenCarrier {

	/** The header of requests and answers. */
	public static final String HEADER = "Read-After";

	/** The cookie of browsers. */
	public static final String COOKIE = "read_after";

	private TokenCarrier() {
	}

}
