package com.foobar.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The headers of a forwarded message. Those that speak of one connection only stay behind
 * (RFC 9110, section 7.6.1), among them whatever {@code Connection} names. A backend is
 * told the client's address, host and protocol, taken from the connection: the gateway is
 * the outermost hop, and such headers of a client are never forwarded.
 */
public final class ForwardedHeaders {

	private static final Set<String> HOP_BY_HOP = caseInsensitive("Connection", "Keep-Alive", "Proxy-Connection",
			"Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
			"HTTP2-Settings", "Expect");

	private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");

	private static final AsciiString FOR = AsciiString.cached("X-Forwarded-For");

	private static final AsciiString PROTO = AsciiString.cached("X-Forwarded-Proto");

	private static final AsciiString HOST = AsciiString.cached("X-Forwarded-Host");

	private static final AsciiString PORT = AsciiString.cached("X-Forwarded-Port");

	private static final AsciiString REAL_IP = AsciiString.cached("X-Real-IP");

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestContext.REQUEST_ID);

	private static final AsciiString VIA = AsciiString.cached("Via");

	/** The gateway's name in that list. */
	private static final String PSEUDONYM = " gateway";

	private static final String HOP = "1.1" + PSEUDONYM;

	private static final AsciiString HTTPS = AsciiString.cached("https");

	private final String publicPort;

	public ForwardedHeaders(int publicHttpsPort) {
		this.publicPort = Integer.toString(publicHttpsPort);
	}

	/** Whether a client's header is one that only the gateway may write. */
	public static boolean isReserved(CharSequence name) {
		if (startsWithIgnoreCase(name, "trace")) {
			return AsciiString.contentEqualsIgnoreCase(name, TraceContext.PARENT)
					|| AsciiString.contentEqualsIgnoreCase(name, TraceContext.STATE);
		}
		return startsWithIgnoreCase(name, "x-")
				? (startsWithIgnoreCase(name, "x-forwarded-") || AsciiString.contentEqualsIgnoreCase(name, REAL_IP)
						|| AsciiString.contentEqualsIgnoreCase(name, REQUEST_ID)
						|| startsWithIgnoreCase(name, "x-http2-"))
				: AsciiString.contentEqualsIgnoreCase(name, FORWARDED);
	}

	/**
	 * Sets the headers of a request to a backend: the client's, and the gateway's own.
	 * @param headers empty; those of the request to the backend
	 * @param request the client's request
	 * @param context its context
	 */
	public void write(HttpHeaders headers, HttpServerRequest request, RequestContext context) {
		copyEndToEnd(request.requestHeaders(), headers, ForwardedHeaders::isReserved);
		String client = address(request.remoteAddress());
		String host = request.requestHeaders().get(HttpHeaderNames.HOST, "");
		headers.set(FOR, client);
		headers.set(PROTO, HTTPS);
		headers.set(HOST, host);
		headers.set(PORT, port(host));
		headers.set(FORWARDED, "for=" + ((client.indexOf(':') != -1) ? "\"[" + client + "]\"" : client) + ";host=\""
				+ host + "\";proto=https");
		headers.set(REQUEST_ID, context.requestId());
		addHop(headers, request);
		context.trace().write(headers);
	}

	/**
	 * Adds the gateway to the hops that the request has passed (RFC 9110, section 7.6.3).
	 */
	private static void addHop(HttpHeaders headers, HttpServerRequest request) {
		HttpVersion version = request.version();
		String hop = HttpVersion.HTTP_1_1.equals(version) ? HOP
				: version.majorVersion() + "." + version.minorVersion() + PSEUDONYM;
		headers.set(VIA, headers.contains(VIA) ? String.join(", ", headers.getAll(VIA)) + ", " + hop : hop);
	}

	// The port that the client used, which is not always the public one (a tunnel, a
	// test).
	private String port(String host) {
		int colon = host.lastIndexOf(':');
		boolean explicit = colon != -1 && !host.endsWith("]");
		return explicit ? host.substring(colon + 1) : this.publicPort;
	}

	public static String address(@Nullable InetSocketAddress remote) {
		InetAddress address = (remote != null) ? remote.getAddress() : null;
		return (address != null) ? address.getHostAddress() : "unknown";
	}

	private static boolean startsWithIgnoreCase(CharSequence text, String prefix) {
		return AsciiString.regionMatches(text, true, 0, prefix, 0, prefix.length());
	}

	/**
	 * Adds the end-to-end headers.
	 * @param from headers as received
	 * @param to headers to send
	 * @param reserved names that are left out as well
	 */
	public static void copyEndToEnd(HttpHeaders from, HttpHeaders to, Predicate<String> reserved) {
		Set<String> named = named(from);
		var entries = from.iteratorAsString();
		while (entries.hasNext()) {
			Map.Entry<String, String> entry = entries.next();
			String name = entry.getKey();
			if (!HOP_BY_HOP.contains(name) && !reserved.test(name) && (named == null || !named.contains(name))) {
				to.add(name, entry.getValue());
			}
		}
	}

	private static @Nullable Set<String> named(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.CONNECTION)) {
			return null;
		}
		Set<String> named = null;
		List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
		for (String value : values) {
			if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
				continue;
			}
			for (String name : value.split(",", -1)) {
				// These decide how the message is read; no client may have them dropped.
				String option = name.strip();
				if (!option.equalsIgnoreCase("Content-Length") && !option.equalsIgnoreCase("Host")) {
					named = (named != null) ? named : caseInsensitive();
					named.add(option);
				}
			}
		}
		return named;
	}

	private static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(List.of(names));
		return set;
	}

}
