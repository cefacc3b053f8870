package com.foobar.routing.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The hosts with which tokens are exchanged: services of the same database, listed one by
 * one. Immutable.
 */
public final class TrustedHosts implements Predicate<URI> {

	/** A host, or all hosts below a domain, with an optional port. */
	private static final Pattern SYNTAX = Pattern
		.compile("(\\*\\.)?([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

	private final List<String> hosts;

	/**
	 * Create a list of hosts.
	 * @param hosts each {@code name}, {@code name:port}, {@code *.domain} or
	 * {@code *.domain:port}; without a port, all ports match; a domain does not include
	 * itself
	 */
	public TrustedHosts(List<String> hosts) {
		this.hosts = hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		for (String host : this.hosts) {
			if (!isHost(host)) {
				throw new IllegalArgumentException(host
						+ " is not a host; expected one such as orders.example.com, orders.example.com:8080 or *.example.com");
			}
		}
	}

	/**
	 * Whether a text is a host or the pattern of a domain.
	 * @param text the text
	 * @return whether it does
	 */
	public static boolean isHost(String text) {
		return SYNTAX.matcher(text.toLowerCase(Locale.ROOT)).matches();
	}

	@Override
	public boolean test(URI uri) {
		String host = uri.getHost();
		if (host == null || this.hosts.isEmpty()) {
			return false;
		}
		String name = host.toLowerCase(Locale.ROOT);
		String port = ":" + port(uri);
		return this.hosts.stream().anyMatch((trusted) -> matches(trusted, name) || matches(trusted, name + port));
	}

	private static boolean matches(String trusted, String address) {
		return trusted.startsWith("*.") ? address.endsWith(trusted.substring(1)) : address.equals(trusted);
	}

	private static int port(URI uri) {
		return (uri.getPort() != -1) ? uri.getPort() : isEncrypted(uri.getScheme()) ? 443 : 80;
	}

	private static boolean isEncrypted(@Nullable String scheme) {
		return "https".equalsIgnoreCase(scheme);
	}

}
