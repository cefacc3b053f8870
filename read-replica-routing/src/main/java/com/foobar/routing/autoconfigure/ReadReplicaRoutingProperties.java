package com.foobar.routing.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.foobar.routing.Consistency;
import com.foobar.routing.Selection;
import com.foobar.routing.intent.RepositoryReads;
import com.foobar.routing.intent.UnsafeRequests;
import com.foobar.routing.monitor.PrimaryDiscovery;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of read-replica routing. The primary itself is described by
 * {@code spring.datasource}.
 *
 * @param enabled whether to route at all; when off, the application keeps its DataSource
 * as if the library were absent
 * @param primary how the primary is called
 * @param replicas the replicas; without any, the library does nothing
 * @param maxLag how far a replica may be behind and still serve reads
 * @param primaryDiscovery who says which server is the primary; unless it is static, the
 * server of spring.datasource and the replicas may take each other's roles
 * @param primaryWait how long a write that has not started waits at most for a primary,
 * when there is none; zero to fail at once
 * @param consistency what a read-only transaction is guaranteed to see
 * @param waitTimeout how long a read waits at most for the chosen replica to have what
 * the read depends on, before it goes to the primary
 * @param maxConcurrentWaits how many reads may wait for the same replica at a time; by
 * default half as many as its pool has connections
 * @param selector how one of several eligible replicas is chosen
 * @param primaryFallback how many reads may fall on the primary
 * @param fallback what a read-only transaction does when no replica is eligible
 * @param repositoryReads where Spring Data repositories read when the application has
 * opened no transaction; by-request is the primary except in HTTP requests with a safe
 * method
 * @param unsafeRequests where read-only transactions run in HTTP requests with a method
 * that may write
 * @param monitor how the servers are watched
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
	 * Who is the primary must be known within a second, so where the servers are asked
	 * for it the pause is shorter.
	 */
	Duration monitorInterval() {
		Duration interval = this.monitor.interval();
		return (interval != null) ? interval : Duration.ofMillis(rolesMayChange() ? 500 : 1_000);
	}

	static final String PREFIX = "read-replica-routing";

	/**
	 * How the primary is called.
	 *
	 * @param name shown in logs, metrics and health; by default the host of
	 * spring.datasource.url, with its port unless that is 3306
	 */
	public record Primary(@Nullable String name) {

	}

	/**
	 * Reads that fall on the primary because no replica may serve them.
	 *
	 * @param maxConcurrent how many of them may run there at a time; by default any
	 * number
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
	 * @param name shown in logs, metrics and health; by default the host of the URL, with
	 * its port unless that is 3306
	 * @param username account; by default that of spring.datasource
	 * @param password its password; by default that of spring.datasource
	 * @param weight share of the reads, when the selector goes by weight
	 * @param hikari settings of this replica's pool, on top of spring.datasource.hikari
	 */
	public record Replica(@Nullable String url, @Nullable String name, @Nullable String username,
			@Nullable String password, @DefaultValue("1") int weight, @DefaultValue Map<String, String> hikari) {

		public Replica {
			requireAtLeastOne("replicas[].weight", weight);
		}

	}

	/**
	 * How the servers are watched.
	 *
	 * @param interval pause between two looks at a server; by default one second, and
	 * half a second where the servers are asked who is the primary
	 * @param timeout how long connecting to a server, and each answer of it, may take
	 * @param rise how many good looks in a row bring a replica back
	 * @param fall how many bad looks in a row take a server out
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

		/** Fails, which protects the primary from the reads of all replicas. */
		FAIL

	}

}
