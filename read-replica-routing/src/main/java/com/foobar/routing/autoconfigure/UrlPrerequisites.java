package com.foobar.routing.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import com.foobar.routing.Consistency;
import com.foobar.routing.url.JdbcUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;

/**
 * Checks the JDBC URLs of the primary and of the replicas. A URL that would silently
 * break a guarantee prevents the start. Messages contain neither accounts nor parameters,
 * which may hold secrets.
 */
final class UrlPrerequisites {

	private static final String TRACK_SESSION_STATE = "trackSessionState";

	/** The property that usually holds the URL of the primary. */
	static final String PRIMARY = "spring.datasource.url";

	private static final String REPLICAS = ReadReplicaRoutingProperties.PREFIX + ".replicas";

	private UrlPrerequisites() {
	}

	/**
	 * Check the primary's URL.
	 * @param text the URL
	 * @param pool the driver properties of the pool
	 * @param consistency the guarantee of reads
	 */
	static void requirePrimary(String text, @Nullable Properties pool, Consistency consistency) {
		JdbcUrl url = JdbcUrl.of(text);
		requireKnownDatabase(PRIMARY, url, consistency);
		requireRunningServer(PRIMARY, url);
		if (url.leadsToSeveralServers()) {
			throw new InvalidRoutingConfigurationException(several(PRIMARY, url)
					+ "; expected the URL of the primary only. With such a URL the driver selects the server of each connection, "
					+ "and reads could miss their client's own writes.",
					"Set: " + split(url) + ", each with its current parameters. For failover set "
							+ ReadReplicaRoutingProperties.PREFIX
							+ ".primary-discovery to read-only-flag or group-replication.");
		}
		requireTracking(PRIMARY, url, pool, consistency);
	}

	/**
	 * Check a replica's URL.
	 * @param property the property it comes from
	 * @param text the URL
	 * @param tracksCommits whether its commits must be tracked, since it may become the
	 * primary
	 * @return the URL
	 */
	static String requireReplica(String property, @Nullable String text, boolean tracksCommits) {
		if (text == null || !text.startsWith("jdbc:")) {
			throw new InvalidRoutingConfigurationException(
					property + " is " + ((text != null) ? "not a JDBC URL" : "missing")
							+ "; expected one such as jdbc:mysql://replica.example.com/database.",
					"Set " + property + ".");
		}
		JdbcUrl url = JdbcUrl.of(text);
		requireRunningServer(property, url);
		if (url.leadsToSeveralServers()) {
			throw new InvalidRoutingConfigurationException(several(property, url)
					+ "; expected the URL of one replica. Lag and GTIDs are monitored for one server, and the driver would use another.",
					"Set an entry of " + REPLICAS + " for each server: " + entries(url.hosts(), url) + ".");
		}
		if (tracksCommits) {
			requireTracking(property, url, null, Consistency.READ_YOUR_WRITES);
		}
		return text;
	}

	private static String several(String property, JdbcUrl url) {
		return property + " is " + url + ", which leads to "
				+ (url.hosts().size() > 1 ? url.hosts().size() + " servers" : "several servers");
	}

	private static String split(JdbcUrl url) {
		String primary = url.urlOf(url.driver().endsWith("+srv") ? "PRIMARY-HOST" : url.hosts().get(0));
		List<String> others = url.hosts().subList(1, url.hosts().size());
		return PRIMARY + "=" + primary + (others.isEmpty() ? "" : ", " + entries(others, url));
	}

	private static String entries(List<String> hosts, JdbcUrl url) {
		List<String> entries = new ArrayList<>();
		for (String host : hosts) {
			entries.add(REPLICAS + "[" + entries.size() + "].url="
					+ url.urlOf(url.driver().endsWith("+srv") ? "REPLICA-HOST" : host));
		}
		return String.join(", ", entries);
	}

	private static void requireKnownDatabase(String property, JdbcUrl url, Consistency consistency) {
		boolean mariaDb = url.driver().equals("mariadb");
		boolean mySql = url.isMySql() && !url.driver().startsWith("mysqlx");
		// An unknown scheme may wrap either; only the guarantee depends on it.
		boolean possible = consistency == Consistency.EVENTUAL
				&& DatabaseDriver.fromJdbcUrl("jdbc:" + url.driver() + ":") == DatabaseDriver.UNKNOWN;
		if (!mySql && !mariaDb && !possible) {
			throw new InvalidRoutingConfigurationException(
					property + " begins with jdbc:" + url.driver()
							+ ":; expected MySQL or MariaDB, as in jdbc:mysql://primary.example.com/database.",
					"Remove read-replica-routing.replicas; this library supports the replication of MySQL and MariaDB only."
							+ Prerequisites.EVENTUAL);
		}
		if (mariaDb && consistency != Consistency.EVENTUAL) {
			throw new InvalidRoutingConfigurationException(
					"The URL of the primary selects MariaDB's own driver; expected MySQL Connector/J. MariaDB's driver does not report the GTIDs of commits, and reads could miss their client's own writes.",
					"Use MySQL Connector/J (com.mysql:mysql-connector-j), which supports MariaDB too, with a URL that begins with jdbc:mysql:"
							+ "." + Prerequisites.EVENTUAL);
		}
	}

	/**
	 * Testcontainers' driver starts a server of its own for each URL, which does not
	 * replicate.
	 */
	private static void requireRunningServer(String property, JdbcUrl url) {
		if (url.wrappers().contains("tc") || url.driver().equals("tc")) {
			throw new InvalidRoutingConfigurationException(property
					+ " begins with jdbc:tc:, which starts a container for each URL; expected servers that replicate.",
					"Configure containers that replicate with @ServiceConnection and @DynamicPropertySource, or set "
							+ ReadReplicaRoutingProperties.PREFIX + ".enabled=false in this test.");
		}
	}

	private static void requireTracking(String property, JdbcUrl url, @Nullable Properties pool,
			Consistency consistency) {
		String value = url.parameters().get(TRACK_SESSION_STATE);
		String inPool = (pool != null) ? pool.getProperty(TRACK_SESSION_STATE) : null;
		String effective = (value != null) ? value : inPool;
		if (url.isMySql() && consistency != Consistency.EVENTUAL && effective != null && !isTrue(effective)) {
			throw new InvalidRoutingConfigurationException(((value != null) ? property + " has"
					: "The data-source-properties of the primary's pool have") + " " + TRACK_SESSION_STATE + "="
					+ effective
					+ "; expected true, the default of this library. Without it commits cannot be tracked, and reads could miss their client's own writes.",
					"Remove " + TRACK_SESSION_STATE + "." + Prerequisites.EVENTUAL);
		}
	}

	/** As Connector/J parses it. */
	private static boolean isTrue(String value) {
		return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
	}

}
