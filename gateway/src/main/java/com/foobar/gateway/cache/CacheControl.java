package com.foobar.gateway.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The directives of all {@code Cache-Control} headers of one message (RFC 9111, section
 * 5.2). Immutable.
 *
 * @param directives by name in lower case; without an argument the value is empty
 */
record CacheControl(Map<String, String> directives) {

	/** Value of an argument that is not a number. */
	private static final long INVALID = 0;

	/** The largest value that is distinguished. */
	private static final long MAX = Integer.MAX_VALUE;

	private static final CacheControl NONE = new CacheControl(Map.of());

	/** The directives of a message. */
	static CacheControl of(HttpHeaders headers) {
		return headers.contains(HttpHeaderNames.CACHE_CONTROL) ? parse(headers.getAll(HttpHeaderNames.CACHE_CONTROL))
				: NONE;
	}

	static CacheControl parse(List<String> values) {
		Map<String, String> directives = new HashMap<>();
		for (String value : values) {
			for (String part : HeaderValues.split(value)) {
				int equals = part.indexOf('=');
				String name = ((equals != -1) ? part.substring(0, equals) : part).strip().toLowerCase(Locale.ROOT);
				String argument = (equals != -1) ? unquoted(part.substring(equals + 1).strip()) : "";
				// Of two that contradict each other the stricter one counts.
				directives.merge(name, argument, CacheControl::stricter);
			}
		}
		return new CacheControl(Map.copyOf(directives));
	}

	private static String unquoted(String text) {
		return (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\""))
				? text.substring(1, text.length() - 1) : text;
	}

	private static String stricter(String first, String second) {
		return (number(first) <= number(second)) ? first : second;
	}

	boolean has(String name) {
		return this.directives.containsKey(name);
	}

	/** Whether a directive has an argument. */
	boolean hasArgument(String name) {
		return !this.directives.getOrDefault(name, "").isEmpty();
	}

	/** A number of seconds; null without the directive. */
	@Nullable Long seconds(String name) {
		String argument = this.directives.get(name);
		return (argument != null) ? number(argument) : null;
	}

	/**
	 * Reads a number of seconds (RFC 9111, section 1.2.2).
	 * @param text digits, any number of them
	 * @return {@value #INVALID} if it is no such number; at most {@value #MAX}
	 */
	static long number(String text) {
		long number = 0;
		for (int i = 0; i < text.length(); i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return INVALID;
			}
			number = Math.min(MAX, number * 10 + digit);
		}
		return number;
	}

}
