package com.foobar.gateway.backends;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import com.foobar.gateway.settings.InvalidSettingException;

/**
 * One configured base URL: scheme, host (a name or a literal address) and port.
 *
 * @param secure whether the backend speaks TLS
 * @param host name or address, without the brackets of an IPv6 literal
 * @param port explicit, or the scheme's default
 */
record BackendUrl(boolean secure, String host, int port) {

	private static final String ACTION = "Set gateway.backends.urls to base URLs such as http://web-app:8080 or "
			+ "http://10.0.0.7:8080.";

	static BackendUrl parse(String text) {
		URI uri;
		try {
			uri = new URI(text.strip());
		}
		catch (URISyntaxException ex) {
			throw invalid(text, "expected a URL (" + ex.getReason() + ")");
		}
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("http") && !scheme.equals("https")) {
			throw invalid(text, "expected it to begin with http:// or https://");
		}
		if (uri.getRawUserInfo() != null) {
			throw invalid(text, "expected no user name or password in it");
		}
		String host = uri.getHost();
		if (host == null) {
			throw invalid(text, "expected a host name or an address after " + scheme + "://");
		}
		String path = uri.getRawPath();
		if ((path != null && !path.isEmpty() && !path.equals("/")) || uri.getRawQuery() != null
				|| uri.getRawFragment() != null) {
			throw invalid(text, "expected nothing after the port: the request's own path is passed on");
		}
		boolean secure = scheme.equals("https");
		int port = (uri.getPort() != -1) ? uri.getPort() : (secure ? 443 : 80);
		if (port < 1 || port > 65535) {
			throw invalid(text, "expected a port from 1 to 65535");
		}
		String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
		return new BackendUrl(secure, name, port);
	}

	private static InvalidSettingException invalid(String text, String expected) {
		return new InvalidSettingException("gateway.backends.urls contains '" + text + "'; " + expected, ACTION);
	}

}
