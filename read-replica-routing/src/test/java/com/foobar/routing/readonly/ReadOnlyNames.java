package com.foobar.routing.readonly;

import java.util.Set;

/**
 * The names that are taken for a server's own, to be tried on servers.
 */
public final class ReadOnlyNames {

	private ReadOnlyNames() {
	}

	public static Set<String> functions() {
		return BuiltInFunctions.FUNCTIONS;
	}

	public static Set<String> reservedWords() {
		return BuiltInFunctions.RESERVED_WORDS;
	}

}
