package com.foobar.gateway.cache;

import java.util.List;

import com.foobar.gateway.settings.InvalidSettingException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers and cookies with which a client shows that a stored response may be older
 * than what the client has written. A name is compared with headers, ignoring case, and
 * with cookies. Immutable.
 *
 * @param names names of headers or cookies
 */
record RevalidationTriggers(List<String> names) {

	private static final String SETTING = "gateway.cache.revalidate-on";

	// RFC 9110, section 5.6.2, and RFC 6265, section 4.1.1.
	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	RevalidationTriggers {
		names = List.copyOf(names);
		for (String name : names) {
			if (!name.matches(TOKEN)) {
				throw new InvalidSettingException(
						SETTING + " contains '" + name + "'; expected the name of a header or a cookie",
						"Set " + SETTING + " to names such as Read-After, separated by commas.");
			}
		}
	}

	/** Whether a request has one of them. */
	boolean areIn(HttpHeaders request) {
		if (areHeadersOf(request)) {
			return true;
		}
		if (!this.names.isEmpty()) {
			for (String cookies : request.getAll(HttpHeaderNames.COOKIE)) {
				for (String name : this.names) {
					if (hasCookie(cookies, name)) {
						return true;
					}
				}
			}
		}
		return false;
	}

	/** Whether a message has a header of one of these names. */
	boolean areHeadersOf(HttpHeaders message) {
		for (String name : this.names) {
			if (message.contains(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasCookie(String cookies, String name) {
		int at = cookies.indexOf(name);
		while (at != -1) {
			int end = at + name.length();
			boolean starts = at == 0 || cookies.charAt(at - 1) == ' ' || cookies.charAt(at - 1) == ';'
					|| cookies.charAt(at - 1) == '\t';
			if (starts && end < cookies.length() && cookies.charAt(end) == '=') {
				return true;
			}
			at = cookies.indexOf(name, at + 1);
		}
		return false;
	}

}
