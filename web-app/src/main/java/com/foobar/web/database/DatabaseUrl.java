package com.foobar.web.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what this application shows of a JDBC URL. Never shows the rest, which may hold a
 * password.
 */
public final class DatabaseUrl {

	private static final Pattern HOST = Pattern
		.compile("jdbc:[a-z:+]+//(?<host>\\[[^\\]]+\\]|[^:/,?()@]+)(?::(?<port>\\d+))?(?:[/,?].*)?", Pattern.DOTALL);

	private static final String DEFAULT_PORT = "3306";

	private DatabaseUrl() {
	}

	/**
	 * Name the server that a URL leads to.
	 * @param url a JDBC URL
	 * @return the host, with its port unless that is the default one
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
