package com.foobar.routing.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.foobar.routing.Consistency;
import com.foobar.routing.intent.RepositoryReads;
import com.foobar.routing.intent.UnsafeRequests;
import com.foobar.routing.monitor.PrimaryDiscovery;
import com.foobar.routing.router.Selection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of read-replica routing. The primary itself is configured by
 * {@code spring.datasource}.
 *
 * @param enabled whether routing is enabled. If not, the application's DataSource stays
 * as if the library were absent
 * @param primary the primary
 * @param replicas the replicas. The library does nothing without any
 * @param maxLag maximum lag of a replica that serves reads
 * @param primaryDiscovery how the primary is determined. Unless it is static, the server
 * of spring.datasource and the replicas may exchange roles
 * @param primaryWait how long a write that has not started waits for a primary if there
 * is none. Zero fails at once
 * @param consistency which writes a read-only transaction is guaranteed to see
 * @param waitTimeout how long a read waits for the selected replica to execute the
 * transactions it depends on. After that it runs on the primary
 * @param maxConcurrentWaits maximum number of reads that wait for the same replica at a
 * time; by default half the size of its pool
 * @param selector how one of several eligible replicas is selected
 * @param primaryFallback reads that run on the primary because no replica is eligible
 * @param fallback what a read-only transaction does when no replica is eligible
 * @param repositoryReads where Spring Data repositories read outside of the application's
 * transactions. By-request means the primary, except in HTTP requests with a safe method
 * @param unsafeRequests where read-only transactions run in HTTP requests with an unsafe
 * method
 * @param monitor how the servers are monitored
 */
@ConfigurationProperties(ReadReplicaRoutingProperties.PREFIX)
public record ReadReplicaRoutingProperties(@DefaultValue("true") boolean enabled, @DefaultValue Primary primary,
		@DefaultValue List<Replica> replicas, @DefaultValue("10s") Duration maxLag,
		@DefaultValue("static") PrimaryDiscovery primaryDiscovery, @DefaultValue("0s") Duration primaryWait,
		@DefaultValue("read-your-writes") Consistency consistency, @DefaultValue("500ms") Duration waitTimeout,
		@Nullable Integer maxConcurrentWaits, @DefaultValue("round-robin") Selection selector,
		@DefaultValue PrimaryFallback primaryFallback, @DefaultValue("primary") NoReplicaFallback fallback,
		@DefaultValue("by-request") RepositoryReads repositoryReads,
		@DefaultValue("replica") UnsafeRequests unsafeRequests, @DefaultValue Monitor monitor) {

	public ReadReplicaRoutingProperties {
		requirePositive("max-lag", maxLag, "10s");
		requirePositive("wait-timeout", waitTimeout, "500ms");
		if (maxConcurrentWaits != null && maxConcurrentWaits < 0) {
			throw invalid("max-concurrent-waits", maxConcurrentWaits, "0 or more");
		}
		if (primaryWait.isNegative()) {
			throw invalid("primary-wait", primaryWait, "zero, to fail at once, or a duration such as 5s");
		}
	}

	boolean rolesMayChange() {
		return this.primaryDiscovery != PrimaryDiscovery.STATIC;
	}

	/**
	 * A new primary must be found within a second, so the interval is shorter if the
	 * servers determine the primary.
	 */
	Duration monitorInterval() {
		Duration interval = this.monitor.interval();
		return (interval != null) ? interval : Duration.ofMillis(rolesMayChange() ? 500 : 1_000);
	}

	static final String PREFIX = "read-replica-routing";

	/**
	 * The primary.
	 *
	 * @param name name in logs, metrics and health; by default the host of
	 * spring.datasource.url, with its port unless that is 3306
	 */
	public record Primary(@Nullable String name) {

	}

	/**
	 * Reads that run on the primary because no replica is eligible.
	 *
	 * @param maxConcurrent maximum number of such reads at a time; by default unlimited
	 */
	public record PrimaryFallback(@Nullable Integer maxConcurrent) {

		public PrimaryFallback {
			if (maxConcurrent != null && maxConcurrent < 0) {
				throw invalid("primary-fallback.max-concurrent", maxConcurrent, "0 or more");
			}
		}

	}

	/**
	 * One replica.
	 *
	 * @param url JDBC URL of the replica
	 * @param name name in logs, metrics and health; by default the host of the URL, with
	 * its port unless that is 3306
	 * @param username account; by default that of spring.datasource
	 * @param password its password; by default that of spring.datasource
	 * @param weight share of the reads if the selector is weighted
	 * @param hikari settings of this replica's pool, in addition to
	 * spring.datasource.hikari
	 */
	public record Replica(@Nullable String url, @Nullable String name, @Nullable String username,
			@Nullable String password, @DefaultValue("1") int weight, @DefaultValue Map<String, String> hikari) {

		public Replica {
			requireAtLeastOne("replicas[].weight", weight);
		}

	}

	/**
	 * How the servers are monitored.
	 *
	 * @param interval interval between two probes of a server; by default one second, and
	 * half a second if the servers determine the primary
	 * @param timeout timeout of connecting to a server, and of each statement of a probe
	 * @param rise number of consecutive good probes that bring a replica back
	 * @param fall number of consecutive failed probes that take a server out
	 * @param username account that reads the replication state; by default that of the
	 * server
	 * @param password its password; by default that of the server
	 */
	public record Monitor(@Nullable Duration interval, @DefaultValue("1s") Duration timeout,
			@DefaultValue("2") int rise, @DefaultValue("2") int fall, @Nullable String username,
			@Nullable String password) {

		public Monitor {
			if (interval != null) {
				requirePositive("monitor.interval", interval, "1s");
			}
			requirePositive("monitor.timeout", timeout, "1s");
			requireAtLeastOne("monitor.rise", rise);
			requireAtLeastOne("monitor.fall", fall);
		}

	}

	private static void requirePositive(String name, Duration value, String example) {
		if (value.isNegative() || value.isZero()) {
			throw invalid(name, value, "a positive duration such as " + example);
		}
	}

	private static void requireAtLeastOne(String name, int value) {
		if (value < 1) {
			throw invalid(name, value, "1 or more");
		}
	}

	private static InvalidRoutingConfigurationException invalid(String name, Object value, String expected) {
		return new InvalidRoutingConfigurationException(
				PREFIX + "." + name + " is " + value + "; expected " + expected + ".",
				"Correct " + PREFIX + "." + name + ".");
	}

	/**
	 * What a read-only transaction does when no replica is eligible.
	 */
	public enum NoReplicaFallback {

		/** Runs on the primary. */
		PRIMARY,

		/** Fails, which protects the primary from the load of all replicas. */
		FAIL

	}

}
