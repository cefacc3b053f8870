package com.foobar.routing.url;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a JDBC URL, parsed as Connector/J does. Never fails: a part that cannot be
 * parsed is empty. Immutable. {@link #toString()} leaves out account and parameters,
 * since both may hold secrets.
 */
public final class JdbcUrl {

	/** Scheme, authority, database, parameters; what follows a {@code #} is ignored. */
	private static final Pattern PARTS = Pattern
		.compile("jdbc:([^/?#]*?):?(?://([^/?#]*))?(?:/([^?#]*))?(?:\\?([^#]*))?(?:#.*)?", Pattern.CASE_INSENSITIVE);

	private static final Set<String> DRIVERS = Set.of("mysql", "mysql+srv", "mysqlx", "mysqlx+srv", "mariadb");

	/** Drivers that pass the rest of the URL, and each connection, to another driver. */
	private static final Set<String> TRANSPARENT_WRAPPERS = Set.of("p6spy", "otel");

	private final String text;

	private final List<String> wrappers;

	private final String driver;

	private final List<String> variant;

	private final List<String> hosts;

	private final String database;

	private final Map<String, String> parameters;

	private JdbcUrl(String text, List<String> scheme, String authority, String database, String query) {
		this.text = text;
		int index = 0;
		while (index < scheme.size() && !DRIVERS.contains(scheme.get(index).toLowerCase(Locale.ROOT))) {
			index++;
		}
		boolean known = index < scheme.size();
		this.wrappers = known ? List.copyOf(scheme.subList(0, index)) : List.of();
		this.driver = scheme.get(known ? index : 0).toLowerCase(Locale.ROOT);
		this.variant = known ? List.copyOf(scheme.subList(index + 1, scheme.size())) : List.of();
		this.hosts = hosts(authority);
		this.database = database;
		this.parameters = parameters(query);
	}

	/**
	 * Parse a URL.
	 * @param text the URL
	 * @return its parts
	 */
	public static JdbcUrl of(String text) {
		Matcher matcher = PARTS.matcher(text.strip());
		if (!matcher.matches()) {
			return new JdbcUrl(text, List.of(""), "", "", "");
		}
		return new JdbcUrl(text.strip(), List.of(matcher.group(1).split(":", -1)), orEmpty(matcher.group(2)),
				orEmpty(matcher.group(3)), orEmpty(matcher.group(4)));
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	/**
	 * The hosts of an authority: {@code a,b:3307}, {@code [a,b]}, {@code user:secret@a},
	 * {@code address=(host=a)(port=3306),(host=b,port=3307)}.
	 */
	private static List<String> hosts(String authority) {
		List<String> hosts = new ArrayList<>();
		int depth = 0;
		StringBuilder host = new StringBuilder();
		for (int i = 0; i < authority.length(); i++) {
			char character = authority.charAt(i);
			depth += (character == '(') ? 1 : (character == ')') ? -1 : 0;
			if (character == '@' && depth == 0) {
				host.setLength(0);
				hosts.clear();
			}
			else if (character == ',' && depth == 0) {
				hosts.add(host.toString());
				host.setLength(0);
			}
			else {
				host.append(character);
			}
		}
		hosts.add(host.toString());
		return hosts.stream().map(JdbcUrl::plainHost).toList();
	}

	private static String plainHost(String host) {
		String stripped = host.strip();
		if (stripped.contains("(")) {
			String name = attribute(stripped, "host");
			String port = attribute(stripped, "port");
			return port.isEmpty() ? name : name + ":" + port;
		}
		// Brackets of an IPv6 address are balanced within a host; those around a list of
		// hosts are not.
		long surplus = count(stripped, '[') - count(stripped, ']');
		if (surplus > 0) {
			return stripped.substring(1);
		}
		return (surplus < 0) ? stripped.substring(0, stripped.lastIndexOf(']')) : stripped;
	}

	private static long count(String text, char wanted) {
		return text.chars().filter((character) -> character == wanted).count();
	}

	private static String attribute(String host, String name) {
		Matcher matcher = Pattern.compile("[(,]\\s*" + name + "\\s*=\\s*([^),]*)", Pattern.CASE_INSENSITIVE)
			.matcher(host);
		return matcher.find() ? matcher.group(1).strip() : "";
	}

	private static Map<String, String> parameters(String query) {
		Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String parameter : query.split("&", -1)) {
			int equals = parameter.indexOf('=');
			String name = decode((equals < 0) ? parameter : parameter.substring(0, equals));
			if (!name.isEmpty()) {
				parameters.put(name, (equals < 0) ? "" : decode(parameter.substring(equals + 1)));
			}
		}
		return Collections.unmodifiableMap(parameters);
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text.strip();
		}
	}

	/**
	 * Whether Connector/J connects to this URL, with or without wrapping drivers.
	 * @return whether it does
	 */
	public boolean isMySql() {
		return this.driver.startsWith("mysql");
	}

	/**
	 * The drivers around the one that connects, outermost first, such as {@code p6spy}.
	 * @return their names in the scheme
	 */
	public List<String> wrappers() {
		return this.wrappers;
	}

	/**
	 * The driver that connects, such as {@code mysql} or {@code mariadb}.
	 * @return its name in the scheme; the first word of an unknown scheme
	 */
	public String driver() {
		return this.driver;
	}

	/**
	 * The words of the scheme after the driver, such as {@code replication}.
	 * @return the words; empty for a URL of one server
	 */
	public List<String> variant() {
		return this.variant;
	}

	/**
	 * Whether the URL leads to more than one server, or may do so.
	 * @return whether the driver chooses one of several
	 */
	public boolean leadsToSeveralServers() {
		return !this.variant.isEmpty() || this.driver.endsWith("+srv") || this.hosts.size() > 1;
	}

	/**
	 * The servers, each with its port if the URL has one.
	 * @return at least one, which may be empty
	 */
	public List<String> hosts() {
		return this.hosts;
	}

	/**
	 * The driver's settings in the URL, decoded, by names without regard to case.
	 * @return the settings
	 */
	public Map<String, String> parameters() {
		return this.parameters;
	}

	/**
	 * The URL without wrapping drivers that only observe.
	 * @return the URL that Connector/J or another driver understands
	 */
	public String unwrapped() {
		if (this.wrappers.isEmpty() || !this.wrappers.stream()
			.allMatch((name) -> TRANSPARENT_WRAPPERS.contains(name.toLowerCase(Locale.ROOT)))) {
			return this.text;
		}
		int end = "jdbc:".length() + String.join(":", this.wrappers).length() + 1;
		return "jdbc:" + this.text.substring(end);
	}

	/**
	 * The URL of one of the servers, for messages.
	 * @param host one of {@link #hosts()}
	 * @return a URL without account and parameters
	 */
	public String urlOf(String host) {
		return scheme(this.driver.replace("+srv", ""), List.of()) + "//" + host + "/" + this.database;
	}

	private String scheme(String driver, List<String> variant) {
		List<String> words = new ArrayList<>(List.of("jdbc"));
		words.addAll(this.wrappers);
		words.add(driver);
		words.addAll(variant);
		return String.join(":", words) + ":";
	}

	/** Without account and parameters, which may hold secrets. */
	@Override
	public String toString() {
		return scheme(this.driver, this.variant) + "//" + String.join(",", this.hosts) + "/" + this.database;
	}

}
