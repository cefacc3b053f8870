package com.foobar.web.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the server from a JDBC URL for display. The rest, which may contain a
 * password, is never shown.
 */
public final class DatabaseUrl {

	private static final Pattern HOST = Pattern
		.compile("jdbc:[a-z:+]+//(?<host>\\[[^\\]]+\\]|[^:/,?()@]+)(?::(?<port>\\d+))?(?:[/,?].*)?", Pattern.DOTALL);

	private static final String DEFAULT_PORT = "3306";

	private DatabaseUrl() {
	}

	/**
	 * Name the server of a URL.
	 * @param url a JDBC URL
	 * @return the host, with the port unless it is the default
	 */
	public static String nodeName(String url) {
		Matcher matcher = HOST.matcher(url);
		if (!matcher.matches()) {
			return "database";
		}
		String port = matcher.group("port");
		String host = matcher.group("host");
		return (port == null || port.equals(DEFAULT_PORT)) ? host : host + ":" + port;
	}

}
