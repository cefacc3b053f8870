package com.foobar.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Which resource does a request name (RFC 9112, section 3.2)? Whatever stands behind this
 * class sees one form only: a path with an optional query, in characters of a URI, and
 * the host in the {@code Host} header. The exception is {@code *}.
 * <p>
 * Characters that browsers send although a URI has no room for them (RFC 3986) are
 * percent-encoded: <code>" &lt; &gt; [ \ ] ^ ` { | }</code>, bytes beyond ASCII, and a
 * {@code %} without two hexadecimal digits. Nothing that is encoded already is changed.
 */
public final class RequestTarget {

	/** The target of {@code OPTIONS *}: the server as a whole. */
	public static final String SERVER = "*";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private static final boolean[] PLAIN = new boolean[128];
	static {
		for (char c = '!'; c < 0x7f; c++) {
			PLAIN[c] = "\"#<>[\\]^`{|}%".indexOf(c) == -1;
		}
	}

	private RequestTarget() {
	}

	/**
	 * Brings the target of an HTTP/1 request into that form. Of an absolute one the host
	 * becomes the {@code Host} header, whatever that said before.
	 * @param request a request as the codec read it
	 * @return what is wrong with it, or null
	 */
	public static @Nullable String normalize(HttpRequest request) {
		String target = request.uri();
		if (!target.startsWith("/")) {
			int authority = afterScheme(target);
			if (authority != -1) {
				int end = endOfAuthority(target, authority);
				String fault = takeHost(request, target.substring(authority, end));
				if (fault != null) {
					return fault;
				}
				target = originForm(request, target, end);
			}
		}
		String encoded = encoded(target);
		if (encoded == null) {
			return "the target has a character that no target may have";
		}
		// Almost always the same one.
		if (!encoded.equals(request.uri())) {
			request.setUri(encoded);
		}
		return null;
	}

	/**
	 * A target in characters of a URI.
	 * @param target as received, a character for each byte
	 * @return the target itself if there is nothing to encode; null if it has a fragment,
	 * a space or a control character, which servers read in different ways
	 */
	public static @Nullable String encoded(String target) {
		int length = target.length();
		int plain = 0;
		while (plain < length && (isPlain(target.charAt(plain)) || isEncoded(target, plain))) {
			plain++;
		}
		if (plain == length) {
			return target;
		}
		StringBuilder encoded = new StringBuilder(length + 32).append(target, 0, plain);
		for (int i = plain; i < length; i++) {
			char c = target.charAt(i);
			if (c <= ' ' || c == '#' || c == 0x7f || c > 0xff) {
				return null;
			}
			if (isPlain(c) || isEncoded(target, i)) {
				encoded.append(c);
			}
			else {
				encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
			}
		}
		return encoded.toString();
	}

	private static boolean isPlain(char c) {
		return c < 128 && PLAIN[c];
	}

	private static boolean isEncoded(String target, int at) {
		return target.charAt(at) == '%' && at + 2 < target.length() && Character.digit(target.charAt(at + 1), 16) != -1
				&& Character.digit(target.charAt(at + 2), 16) != -1;
	}

	// Both mean the same here: whether there is TLS, the connection says.
	private static int afterScheme(String target) {
		for (String scheme : new String[] { "https://", "http://" }) {
			if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
				return scheme.length();
			}
		}
		return -1;
	}

	private static int endOfAuthority(String target, int from) {
		int end = from;
		while (end < target.length() && "/?#".indexOf(target.charAt(end)) == -1) {
			end++;
		}
		return end;
	}

	// A client that sends the absolute form sends Host as well (RFC 9112, section 3.2).
	// More than one, or none, is refused as with every other form.
	private static @Nullable String takeHost(HttpRequest request, String authority) {
		if (!isHostAndPort(authority)) {
			return "the target has no valid host";
		}
		HttpHeaders headers = request.headers();
		int hosts = headers.getAll(HttpHeaderNames.HOST).size();
		if (hosts > 1 || (hosts == 0 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0))) {
			return "there are " + hosts + " Host headers";
		}
		headers.set(HttpHeaderNames.HOST, authority);
		return null;
	}

	// No user, nothing encoded, nothing that one server takes for the end of the host and
	// another does not. Whether it is one of ours is checked later, as for any Host
	// header.
	private static boolean isHostAndPort(String authority) {
		for (int i = 0; i < authority.length(); i++) {
			char c = authority.charAt(i);
			boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			if (!letter && (c < '0' || c > '9') && "-.:[]".indexOf(c) == -1) {
				return false;
			}
		}
		return !authority.isEmpty() && authority.charAt(0) != ':';
	}

	private static String originForm(HttpRequest request, String target, int end) {
		if (end == target.length()) {
			// RFC 9112, section 3.2.4.
			return request.method().name().equals("OPTIONS") ? SERVER : "/";
		}
		return (target.charAt(end) == '/') ? target.substring(end) : "/" + target.substring(end);
	}

}
