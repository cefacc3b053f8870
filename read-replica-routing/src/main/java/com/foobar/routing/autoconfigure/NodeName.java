package com.foobar.routing.autoconfigure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Derives the name of a server from its JDBC URL.
 */
final class NodeName {

	/** Scheme, then an account that must not appear in logs, then the address. */
	private static final Pattern ADDRESS = Pattern
		.compile("^jdbc:[a-zA-Z0-9+:_-]+?://(?:[^@/]*@)?([^/?,()]*)(?:[/?].*)?$");

	private static final String DEFAULT_PORT = ":3306";

	private NodeName() {
	}

	/**
	 * Derive a name.
	 * @param url the JDBC URL
	 * @param otherwise the name of a server whose URL names several hosts or none
	 * @return the host, with its port unless that is the default
	 */
	static String of(String url, String otherwise) {
		Matcher matcher = ADDRESS.matcher(url);
		if (!matcher.matches() || matcher.group(1).isEmpty()) {
			return otherwise;
		}
		String address = matcher.group(1);
		return address.endsWith(DEFAULT_PORT) ? address.substring(0, address.length() - DEFAULT_PORT.length())
				: address;
	}

}
