package com.foobar.gateway.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The id by which a request is found in the logs of every hop. A client's own is accepted
 * if it is short and plain; anything else would allow log injection.
 */
public final class RequestId {

	public static final String HEADER = "X-Request-Id";

	private static final int MAX_LENGTH = 128;

	private RequestId() {
	}

	public static String acceptOrMake(@Nullable String offered) {
		return (offered != null && isWellFormed(offered)) ? offered : make();
	}

	static boolean isWellFormed(String id) {
		if (id.isEmpty() || id.length() > MAX_LENGTH) {
			return false;
		}
		for (int i = 0; i < id.length(); i++) {
			char c = id.charAt(i);
			boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
					|| c == '_' || c == '.' || c == ':' || c == '=';
			if (!plain) {
				return false;
			}
		}
		return true;
	}

	// Unique is enough, secret is not needed: no SecureRandom.
	private static String make() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
	}

}
