package com.foobar.gateway.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * By which a request is found in a tracing system (W3C Trace Context). The gateway
 * records no spans: a client's context goes on as it is, and where there is none, or none
 * that is valid, one begins here.
 *
 * @param parent value of {@code traceparent}
 * @param state value of {@code tracestate}; null for none
 */
public record TraceContext(String parent, @Nullable String state) {

	static final AsciiString PARENT = AsciiString.cached("traceparent");

	static final AsciiString STATE = AsciiString.cached("tracestate");

	private static final int LENGTH = 55;

	private static final int MAX_STATE = 512;

	/** Takes a request's context, or makes one. */
	static TraceContext acceptOrMake(HttpHeaders headers, int sampledPercent) {
		String offered = headers.get(PARENT);
		if (offered == null || !isValid(offered) || headers.getAll(PARENT).size() > 1) {
			return make(sampledPercent);
		}
		// Several lines of it are one list.
		List<String> states = headers.getAll(STATE);
		String state = states.isEmpty() ? null : String.join(",", states);
		return new TraceContext(offered, (state == null || state.length() > MAX_STATE) ? null : state);
	}

	/** The trace's id: 32 hexadecimal digits. */
	public String traceId() {
		return this.parent.substring(3, 35);
	}

	/** Puts the context on a request to a backend. */
	void write(HttpHeaders headers) {
		headers.set(PARENT, this.parent);
		if (this.state != null) {
			headers.set(STATE, this.state);
		}
	}

	// Of a later version only the beginning is known, and what may follow it.
	static boolean isValid(String text) {
		if (text.length() < LENGTH || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-'
				|| !isHex(text, 0, 2) || !isHex(text, 3, 35) || !isHex(text, 36, 52) || !isHex(text, 53, 55)) {
			return false;
		}
		String version = text.substring(0, 2);
		boolean knownEnd = text.length() == LENGTH
				|| (!version.equals("00") && text.charAt(LENGTH) == '-' && text.length() <= MAX_STATE);
		return knownEnd && !version.equals("ff") && !isZero(text, 3, 35) && !isZero(text, 36, 52);
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isZero(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (text.charAt(i) != '0') {
				return false;
			}
		}
		return true;
	}

	private static TraceContext make(int sampledPercent) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		// Neither id may be zero: the last bit of each sees to that.
		return new TraceContext("00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1)
				+ '-' + hex.toHexDigits(random.nextLong() | 1)
				+ ((random.nextInt(100) < sampledPercent) ? "-01" : "-00"), null);
	}

}
