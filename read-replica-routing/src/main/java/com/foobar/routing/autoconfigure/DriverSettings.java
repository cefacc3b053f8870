package com.foobar.routing.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.foobar.routing.url.JdbcUrl;
import com.mysql.cj.conf.PropertyKey;

/**
 * The driver properties of a replica: those of the primary's URL, unless the replica sets
 * its own. A time zone or a TLS setting that applies to one server only would make the
 * same query return other values, or use less protection, on the other server. Names are
 * case-insensitive.
 */
final class DriverSettings {

	/** Properties of one server: its accounts, keys and address. */
	private static final Set<String> NOT_COPIED = names("user", "password", "password1", "password2", "password3",
			"socketFactory", "namedPipePath", "path", "localSocketAddress", "socksProxyHost", "socksProxyPort",
			"serverRSAPublicKeyFile", "dnsSrv");

	/** Names of the same property, or of properties that only make sense together. */
	private static final List<Set<String>> GROUPS = List.of(
			names("sslMode", "useSSL", "requireSSL", "verifyServerCertificate"),
			names("connectionTimeZone", "serverTimezone"), names("tlsVersions", "enabledTLSProtocols"),
			names("tlsCiphersuites", "enabledSSLCipherSuites"), names("characterEncoding", "connectionCollation"),
			names("trustCertificateKeyStoreUrl", "trustCertificateKeyStoreType", "trustCertificateKeyStorePassword"),
			names("clientCertificateKeyStoreUrl", "clientCertificateKeyStoreType",
					"clientCertificateKeyStorePassword"));

	/**
	 * The results of queries, or their protection, depend on these. None holds a secret.
	 */
	private static final Set<String> WORTH_A_WARNING = names("connectionTimeZone", "serverTimezone",
			"forceConnectionTimeZoneToSession", "preserveInstants", "tinyInt1isBit", "transformedBitIsBoolean",
			"yearIsDateType", "zeroDateTimeBehavior", "sendFractionalSeconds", "sendFractionalSecondsForTime",
			"treatMysqlDatetimeAsTimestamp", "noDatetimeStringSync", "emptyStringsConvertToZero", "padCharsWithSpace",
			"blobsAreStrings", "functionsNeverReturnBlobs", "characterEncoding", "connectionCollation",
			"sessionVariables", "jdbcCompliantTruncation", "sslMode", "useSSL", "requireSSL", "verifyServerCertificate",
			"tlsVersions", "enabledTLSProtocols", "allowPublicKeyRetrieval", "allowLoadLocalInfile",
			"allowMultiQueries");

	private final Map<String, String> primary = caseless();

	private final Map<String, String> replica = caseless();

	private final Set<String> copied = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	private final Properties properties = new Properties();

	/**
	 * Find the properties of a replica. Nothing is copied between different drivers.
	 * @param primary the primary's URL
	 * @param pool the driver properties of the primary's pool, which are all copied
	 * @param url the replica's URL
	 * @param own the driver properties that the configuration gives the replica's pool
	 */
	DriverSettings(JdbcUrl primary, Properties pool, JdbcUrl url, Map<String, String> own) {
		this.replica.putAll(own);
		this.replica.putAll(url.parameters());
		boolean sameDriver = primary.isMySql() && url.isMySql();
		if (sameDriver) {
			primary.parameters().forEach((name, value) -> {
				if (!NOT_COPIED.contains(name) && PropertyKey.fromValue(name) != null) {
					this.primary.put(name, value);
				}
			});
		}
		pool.stringPropertyNames()
			.stream()
			.filter((name) -> !this.primary.containsKey(name) && !isSetByReplica(name))
			.forEach((name) -> this.properties.setProperty(name, pool.getProperty(name)));
		this.primary.forEach((name, value) -> {
			if (!isSetByReplica(name)) {
				this.properties.setProperty(name, value);
				this.copied.add(name);
			}
		});
		if (sameDriver) {
			pool.stringPropertyNames().forEach((name) -> this.primary.putIfAbsent(name, pool.getProperty(name)));
		}
	}

	private boolean isSetByReplica(String name) {
		return this.replica.containsKey(name) || GROUPS.stream()
			.anyMatch((group) -> group.contains(name) && !Collections.disjoint(group, this.replica.keySet()));
	}

	/** The driver properties in addition to the replica's URL. */
	Properties properties() {
		return this.properties;
	}

	/** The names of the properties copied from the primary's URL. */
	Set<String> copied() {
		return this.copied;
	}

	/**
	 * The properties that differ from the primary's and may change the results of
	 * queries.
	 */
	List<String> differences() {
		List<String> differences = new ArrayList<>();
		this.replica.forEach((name, value) -> {
			String other = this.primary.get(name);
			if (WORTH_A_WARNING.contains(name) && !value.equalsIgnoreCase(other)) {
				differences.add(name + "=" + value + " instead of " + ((other != null) ? other : "the default"));
			}
		});
		return differences;
	}

	private static Set<String> names(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		Collections.addAll(set, names);
		return set;
	}

	private static Map<String, String> caseless() {
		return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
	}

}
