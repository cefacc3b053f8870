package com.foobar.gateway.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Is a request for one of the configured hosts, and where is it redirected? A gateway
 * that accepts any {@code Host} lets attackers choose the host in redirects, links in
 * mails and cache keys.
 * <p>
 * Immutable.
 */
public final class HostRules {

	private static final int MAX_PORT = 65535;

	/** Longest name that DNS has. */
	private static final int MAX_NAME = 253;

	private final Set<String> exact = new HashSet<>();

	/** With the dot: {@code .foobar.localhost}. */
	private final Set<String> suffixes = new HashSet<>();

	private final Map<String, String> canonical = new HashMap<>();

	private final String port;

	/**
	 * @param hosts names that are served; a leading "*." matches any subdomain
	 * @param canonical names that are redirected, each with its target
	 * @param publicHttpsPort port in redirects to https, as clients reach it
	 */
	public HostRules(List<String> hosts, Map<String, String> canonical, int publicHttpsPort) {
		this.port = (publicHttpsPort != 443) ? ":" + publicHttpsPort : "";
		for (String host : hosts) {
			if (host.startsWith("*.")) {
				this.suffixes.add(host.substring(1));
			}
			else {
				this.exact.add(host);
			}
		}
		canonical.forEach((from, to) -> {
			this.exact.add(from.toLowerCase(Locale.ROOT));
			this.canonical.put(from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT));
		});
	}

	/**
	 * The host name in a {@code Host} header.
	 * @param header value of the header, with or without a port
	 * @return the name without port, in lower case, or null if it is not served
	 */
	public @Nullable String accept(@Nullable String header) {
		if (header == null || header.isEmpty()) {
			return null;
		}
		String name = withoutPort(header);
		if (name == null || name.length() > MAX_NAME) {
			return null;
		}
		if (this.exact.contains(name)) {
			return name;
		}
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.endsWith(".")) {
			lower = lower.substring(0, lower.length() - 1);
		}
		int dot = lower.indexOf('.');
		while (dot > 0) {
			if (this.suffixes.contains(lower.substring(dot)) && isHostName(lower)) {
				return lower;
			}
			dot = lower.indexOf('.', dot + 1);
		}
		return this.exact.contains(lower) ? lower : null;
	}

	/**
	 * The name under which an accepted host is to be reached.
	 * @param host what {@link #accept} returned
	 * @return the name to redirect to, or null if this is it
	 */
	public @Nullable String canonical(String host) {
		return this.canonical.get(host);
	}

	/**
	 * Redirects to https on one of our own hosts; never to anywhere a client names.
	 * @param response the response
	 * @param host an accepted host name
	 * @param target the request's target as received
	 */
	public Mono<Void> redirect(HttpServerResponse response, String host, String target) {
		// 308 keeps the method: a form posted to http is posted again, not fetched.
		response.status(HttpResponseStatus.PERMANENT_REDIRECT)
			.header(HttpHeaderNames.LOCATION, location(host, target))
			.header(HttpHeaderNames.CONTENT_LENGTH, "0");
		return response.send();
	}

	// Path and query are kept as they are. The target may be in absolute form,
	// http://host/path; its host is not to be trusted.
	String location(String host, String target) {
		String pathAndQuery = target;
		if (!target.startsWith("/")) {
			int authority = target.indexOf("://");
			int path = (authority != -1) ? target.indexOf('/', authority + 3) : -1;
			pathAndQuery = (path != -1) ? target.substring(path) : "/";
		}
		return "https://" + host + this.port + pathAndQuery;
	}

	private static @Nullable String withoutPort(String header) {
		int colon = header.lastIndexOf(':');
		if (colon == -1 || header.endsWith("]")) {
			return header;
		}
		return isPort(header, colon + 1) ? header.substring(0, colon) : null;
	}

	// The port is forwarded, and not every backend accepts an impossible one.
	private static boolean isPort(String header, int from) {
		int port = 0;
		for (int i = from; i < header.length(); i++) {
			char c = header.charAt(i);
			if (c < '0' || c > '9' || port > MAX_PORT) {
				return false;
			}
			port = port * 10 + (c - '0');
		}
		return port > 0 && port <= MAX_PORT && header.length() - from <= 5;
	}

	private static boolean isHostName(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) {
				return false;
			}
		}
		return true;
	}

}
