package com.foobar.gateway.backend;

/**
 * The authenticated author of a change, in the Reactor context of the request under this
 * class.
 *
 * @param name user name as sent; one word
 * @param address address of the client
 */
public record Operator(String name, String address) {

	static final Operator UNKNOWN = new Operator("-", "-");

}
