package com.foobar.benchmarks.stack;

/**
 * Where and how a client reaches a contender.
 *
 * @param port the port of its edge on the loopback interface, with TLS
 * @param asset the path of the style sheet
 * @param cookie the header {@code Cookie} of a signed-in member, empty where there is no
 * sign-in
 */
record Target(int port, String asset, String cookie) {

	String url() {
		return "https://localhost:" + this.port;
	}

}
