package com.foobar.gateway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * Does a path lead to an instance's health and management endpoints? These are for the
 * gateway only.
 * <p>
 * Servers parse paths differently: many take {@code /x/../readyz}, {@code //readyz} and
 * {@code /%72eadyz} for {@code /readyz}. A path is internal if the most lenient parser
 * would take it for one.
 * <p>
 * Immutable.
 */
public final class InternalPaths {

	private static final Set<String> ALWAYS = Set.of("/livez", "/readyz", "/actuator");

	private final Set<String> paths = new TreeSet<>(ALWAYS);

	/**
	 * @param healthPath path of the readiness check, with or without a query
	 */
	public InternalPaths(String healthPath) {
		this.paths.add(read(withoutQuery(healthPath)));
	}

	private static String withoutQuery(String target) {
		int query = target.indexOf('?');
		return (query != -1) ? target.substring(0, query) : target;
	}

	/**
	 * Decides.
	 * @param path path of a request as received, without a query
	 */
	public boolean contain(String path) {
		String read = isPlain(path) ? path : read(path);
		for (String internal : this.paths) {
			if (read.startsWith(internal)
					&& (read.length() == internal.length() || read.charAt(internal.length()) == '/')) {
				return true;
			}
		}
		return false;
	}

	// Almost all are, and all servers read them alike.
	private static boolean isPlain(String path) {
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			boolean slash = c == '/' && i + 1 < path.length()
					&& (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.');
			if (slash || c == '%' || c == ';' || c == '\\') {
				return false;
			}
		}
		return true;
	}

	private static String read(String path) {
		Deque<String> segments = new ArrayDeque<>();
		for (String segment : decoded(path).replace('\\', '/').split("/", -1)) {
			int parameters = segment.indexOf(';');
			String name = (parameters != -1) ? segment.substring(0, parameters) : segment;
			if (name.equals("..")) {
				segments.pollLast();
			}
			else if (!name.isEmpty() && !name.equals(".")) {
				segments.addLast(name);
			}
		}
		return "/" + String.join("/", segments);
	}

	private static String decoded(String path) {
		try {
			return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// No server reads that.
			return path;
		}
	}

}
