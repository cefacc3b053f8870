package com.foobar.gateway.backend;

/**
 * Who gives an order. Travels in the Reactor context of a request that has proved to be
 * allowed to, under this class.
 *
 * @param name as claimed; one word
 * @param address where the order came from
 */
public record Operator(String name, String address) {

	static final Operator UNKNOWN = new Operator("-", "-");

}
