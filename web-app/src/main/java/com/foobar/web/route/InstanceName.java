package com.foobar.web.route;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Hashtable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import org.jspecify.annotations.Nullable;

/**
 * Determines the name of this instance.
 */
final class InstanceName {

	/**
	 * {@code <project>-<service>-<number>.<project>_<network>}, in the DNS of Compose.
	 */
	private static final Pattern COMPOSE = Pattern.compile("(?<name>[a-z0-9_-]+)\\.(?<network>[a-z0-9_.-]+)\\.?");

	private static final String LOOKUP_TIMEOUT_MILLIS = "300";

	private InstanceName() {
	}

	/**
	 * Name this instance.
	 * @param configured the configured name, if any
	 * @return the configured name, else the container's name in Compose, else the host
	 * name
	 */
	static String of(@Nullable String configured) {
		if (configured != null && !configured.isBlank()) {
			return configured;
		}
		try {
			InetAddress self = InetAddress.getLocalHost();
			return reverse(self).flatMap(InstanceName::fromCompose).orElseGet(self::getHostName);
		}
		catch (UnknownHostException ex) {
			return "web-app";
		}
	}

	/**
	 * Remove the project from the name of a Compose container.
	 * @param dnsName the name that the address resolves to
	 * @return for example {@code web-app-1}; empty if it is not a name of Compose
	 */
	static Optional<String> fromCompose(String dnsName) {
		Matcher matcher = COMPOSE.matcher(dnsName);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String name = matcher.group("name");
		String network = matcher.group("network");
		for (int end = network.indexOf('_'); end > 0; end = network.indexOf('_', end + 1)) {
			String project = network.substring(0, end) + "-";
			if (name.startsWith(project) && name.length() > project.length()) {
				return Optional.of(name.substring(project.length()));
			}
		}
		return Optional.empty();
	}

	/**
	 * Queries the name server. {@link InetAddress#getCanonicalHostName()} would find the
	 * container's id in {@code /etc/hosts} first. The query consists of four numbers, and
	 * JNDI's DNS provider returns text, never an object to deserialize.
	 */
	@SuppressWarnings({ "BanJNDI", "JdkObsolete" }) // the API requires a Hashtable
	private static Optional<String> reverse(InetAddress address) {
		if (!(address instanceof Inet4Address) || address.isLoopbackAddress()) {
			return Optional.empty();
		}
		byte[] octets = address.getAddress();
		String query = (octets[3] & 0xff) + "." + (octets[2] & 0xff) + "." + (octets[1] & 0xff) + "."
				+ (octets[0] & 0xff) + ".in-addr.arpa";
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
		environment.put("com.sun.jndi.dns.timeout.initial", LOOKUP_TIMEOUT_MILLIS);
		environment.put("com.sun.jndi.dns.timeout.retries", "1");
		try {
			DirContext dns = new InitialDirContext(environment);
			try {
				Attribute pointer = dns.getAttributes(query, new String[] { "PTR" }).get("PTR");
				return (pointer != null) ? Optional.of(pointer.get().toString()) : Optional.empty();
			}
			finally {
				dns.close();
			}
		}
		catch (NamingException ex) {
			return Optional.empty();
		}
	}

}
