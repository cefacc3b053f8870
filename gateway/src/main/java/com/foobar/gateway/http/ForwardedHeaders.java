package com.foobar.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Tells a backend the client's address, host and protocol, taken from the connection. The
 * gateway is the outermost hop: such headers of a client are never forwarded.
 */
public final class ForwardedHeaders {

	private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");

	private static final AsciiString FOR = AsciiString.cached("X-Forwarded-For");

	private static final AsciiString PROTO = AsciiString.cached("X-Forwarded-Proto");

	private static final AsciiString HOST = AsciiString.cached("X-Forwarded-Host");

	private static final AsciiString PORT = AsciiString.cached("X-Forwarded-Port");

	private static final AsciiString REAL_IP = AsciiString.cached("X-Real-IP");

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestId.HEADER);

	private static final AsciiString VIA = AsciiString.cached("Via");

	/** The gateway's name in that list. */
	private static final String PSEUDONYM = " gateway";

	private static final String HOP = "1.1" + PSEUDONYM;

	private static final AsciiString HTTPS = AsciiString.cached("https");

	private final String publicPort;

	public ForwardedHeaders(int publicHttpsPort) {
		this.publicPort = Integer.toString(publicHttpsPort);
	}

	/**
	 * Whether a client's header is one that only the gateway may write.
	 * @param name name of the header, in any case
	 */
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
	 * Adds the gateway's own.
	 * @param headers headers of the request to the backend
	 * @param request the client's request
	 * @param context its context
	 */
	public void write(HttpHeaders headers, HttpServerRequest request, RequestContext context) {
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
	 * @param headers headers of the request to the backend, the client's among them
	 * @param request the client's request
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

}
