package com.foobar.local.secrets;

import java.util.List;

/**
 * The host names and addresses that a certificate is valid for.
 *
 * @param dns names, the first of which is shown as the certificate's subject
 * @param addresses IPv4 and IPv6 addresses
 */
record HostNames(List<String> dns, List<String> addresses) {

	HostNames {
		dns = List.copyOf(dns);
		addresses = List.copyOf(addresses);
	}

	static HostNames ofGateway() {
		return new HostNames(
				List.of("www.foobar.com", "foobar.com", "*.foobar.localhost", "foobar.localhost", "localhost"),
				List.of("127.0.0.1", "::1"));
	}

	static HostNames ofNode(String name) {
		return new HostNames(List.of(name, "localhost"), List.of("127.0.0.1", "::1"));
	}

	@Override
	public String toString() {
		return String.join(", ", this.dns) + ", " + String.join(", ", this.addresses);
	}

}
