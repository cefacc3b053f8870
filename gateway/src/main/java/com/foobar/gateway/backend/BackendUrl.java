package com.foobar.gateway.backend;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import com.foobar.gateway.settings.InvalidSettingException;

/**
 * One configured backend: the base URL (scheme, a name or a literal address, port), and
 * after it, separated by spaces, {@code weight=N} and {@code backup}.
 *
 * @param secure whether the backend uses TLS
 * @param host name or address, without the brackets of an IPv6 literal
 * @param port explicit, or the scheme's default
 * @param weight share of the requests, relative to the others; 1 by default
 * @param backup whether it serves only when no active backend can
 */
record BackendUrl(boolean secure, String host, int port, int weight, boolean backup) {

	/** The largest weight, as in HAProxy. */
	static final int MAX_WEIGHT = 256;

	private static final String ACTION = "Set gateway.backends.urls to base URLs such as http://web-app:8080 or "
			+ "http://10.0.0.7:8080, each alone or followed by weight=3 or backup.";

	static BackendUrl parse(String text) {
		String[] words = text.strip().split("\\s+", -1);
		BackendUrl url = parseUrl(text, words[0]);
		for (int i = 1; i < words.length; i++) {
			url = url.with(text, words[i]);
		}
		return url;
	}

	private BackendUrl with(String text, String option) {
		if (option.equals("backup")) {
			return new BackendUrl(this.secure, this.host, this.port, this.weight, true);
		}
		if (option.matches("weight=\\d{1,3}")) {
			int number = Integer.parseInt(option.substring(option.indexOf('=') + 1));
			if (number <= MAX_WEIGHT) {
				return new BackendUrl(this.secure, this.host, this.port, number, this.backup);
			}
		}
		throw invalid(text,
				"expected nothing after the URL but weight=N, with N from 0 to " + MAX_WEIGHT + ", or backup");
	}

	private static BackendUrl parseUrl(String text, String base) {
		URI uri;
		try {
			uri = new URI(base);
		}
		catch (URISyntaxException ex) {
			throw invalid(text, "expected a URL (" + ex.getReason() + ")");
		}
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("http") && !scheme.equals("https")) {
			throw invalid(text, "expected it to start with http:// or https://");
		}
		if (uri.getRawUserInfo() != null) {
			throw invalid(text, "expected no user name or password");
		}
		String host = uri.getHost();
		if (host == null) {
			throw invalid(text, "expected a host name or an address after " + scheme + "://");
		}
		String path = uri.getRawPath();
		if ((path != null && !path.isEmpty() && !path.equals("/")) || uri.getRawQuery() != null
				|| uri.getRawFragment() != null) {
			throw invalid(text, "expected nothing after the port: the path of the request is used");
		}
		boolean secure = scheme.equals("https");
		int port = (uri.getPort() != -1) ? uri.getPort() : (secure ? 443 : 80);
		if (port < 1 || port > 65535) {
			throw invalid(text, "expected a port from 1 to 65535");
		}
		String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
		return new BackendUrl(secure, name, port, 1, false);
	}

	private static InvalidSettingException invalid(String text, String expected) {
		return new InvalidSettingException("gateway.backends.urls contains '" + text + "'; " + expected, ACTION);
	}

}
