package com.foobar.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the replication status of real replicas is interpreted.
 */
abstract class ReplicationContract {

	static final int FIRST = 1;

	static final int SECOND = 2;

	static final Duration TIMEOUT = Duration.ofSeconds(60);

	private @Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void idleReplicaHasNoLagAndDelayedReplicaHasSubsecondLag() {
		Entries entries = start("read-replica-routing.max-lag=1h");
		servers().awaitCaughtUp();
		await(() -> lag().isZero());
		servers().delayReplication(Duration.ofSeconds(20));
		try {
			entries.add();
			await(() -> lag().compareTo(Duration.ofSeconds(2)) > 0);
			assertThat(lag()).isLessThan(Duration.ofMinutes(5));
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
		await(() -> lag().isZero());
	}

	Duration lag() {
		NodeStatus status = topology().snapshot().replicas().get(0).status();
		return (status instanceof NodeStatus.Eligible eligible) ? eligible.lag() : Duration.ofDays(1);
	}

	@Test
	void replicaWithAnApplierErrorIsExcludedWithItsReason() {
		Entries entries = start("read-replica-routing.monitor.interval=200ms");
		servers().onPrimary("SET SESSION sql_log_bin=0", "CREATE TABLE foobar.only_here (id INT)",
				"SET SESSION sql_log_bin=1", "INSERT INTO foobar.only_here (id) VALUES (1)");
		try {
			await(() -> replicaCause() == Cause.REPLICATION_STOPPED);
			// MySQL names the table that describes the error, MariaDB the error itself.
			assertThat(replicaStatus()).contains("the applier does not run (").containsIgnoringCase("error");
			assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
		}
		finally {
			servers().execute(servers().replicaUrl(), "SET GLOBAL read_only=OFF", "SET SESSION sql_log_bin=0",
					"CREATE TABLE foobar.only_here (id INT)");
			servers().makeReadOnly(servers().replicaUrl());
			servers().replicas().get(0).startApplier();
			servers().onPrimary("DROP TABLE foobar.only_here");
		}
		await(() -> entries.serverWhenReading() == SECOND);
	}

	@Test
	void replicaWhoseReceiverStoppedIsExcluded() {
		Entries entries = start("read-replica-routing.monitor.interval=200ms");
		servers().execute(servers().replicaUrl(), "STOP REPLICA IO_THREAD");
		try {
			await(() -> replicaCause() == Cause.REPLICATION_STOPPED);
			assertThat(replicaStatus()).contains("the receiver does not run");
			assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
		}
		finally {
			servers().execute(servers().replicaUrl(), "START REPLICA IO_THREAD");
		}
		await(() -> entries.serverWhenReading() == SECOND);
	}

	/**
	 * The replica reports no lag until its replica_net_timeout expires, a minute by
	 * default.
	 */
	@Test
	void replicaWithASilentLinkIsExcludedAfterTheMaximumLag() {
		Entries entries = start("read-replica-routing.max-lag=2s", "read-replica-routing.monitor.interval=200ms");
		servers().silenceReplication();
		try {
			await(() -> entries.serverWhenReading() == SECOND);
			entries.add();
			await(() -> replicaCause() == Cause.LAGGING);
			assertThat(replicaStatus()).contains("it lacks what the primary has had for so long");
			assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
		}
		finally {
			servers().restoreReplication();
		}
		await(() -> entries.serverWhenReading() == SECOND);
	}

	@Test
	void replicaOfUnknownStateIsExcluded() {
		prepare();
		run("read-replica-routing.monitor.username=" + servers().username(),
				"read-replica-routing.monitor.password=" + servers().password());
		assertThat(replicaCause()).isEqualTo(Cause.NOT_OBSERVABLE);
		assertThat(replicaStatus()).contains("read-replica-routing.monitor.username");
		assertThat(context().getBean(Entries.class).serverWhenReading()).isEqualTo(FIRST);
	}

	@Nullable Cause replicaCause() {
		return (topology().snapshot().replicas().get(0).status() instanceof Ineligible ineligible) ? ineligible.cause()
				: null;
	}

	private String replicaStatus() {
		return topology().snapshot().replicas().get(0).status().toString();
	}

	static String name(String url) {
		return url.replaceFirst("^jdbc:mysql://([^/]+)/.*$", "$1");
	}

	static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
	}

	Entries start(String... properties) {
		prepare();
		run(properties);
		await(() -> topology().snapshot().hasEligibleReplica());
		return context().getBean(Entries.class);
	}

	private void prepare() {
		servers().onPrimary(
				"CREATE TABLE IF NOT EXISTS foobar.entry (id BIGINT AUTO_INCREMENT PRIMARY KEY, server INT NOT NULL)");
		servers().awaitCaughtUp();
	}

	void run(String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + servers().primaryUrl(),
				"spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.datasource.hikari.maximum-pool-size=4",
				"spring.datasource.hikari.connection-timeout=5000",
				"read-replica-routing.replicas[0].url=" + servers().replicaUrl(),
				"read-replica-routing.monitor.username=" + servers().monitorUsername(),
				"read-replica-routing.monitor.password=" + servers().monitorPassword(), "spring.main.banner-mode=off",
				"spring.jpa.open-in-view=false", "spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
				"logging.level.com.zaxxer.hikari=error"));
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	Topology topology() {
		return context().getBean(Topology.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Entries entries(JdbcTemplate jdbc) {
			return new Entries(jdbc);
		}

	}

	static class Entries {

		private final JdbcTemplate jdbc;

		Entries(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		/** Returns the id of the server that ran the insert. */
		@Transactional
		public int add() {
			this.jdbc.update("INSERT INTO entry (server) VALUES (1)");
			return server();
		}

		@Transactional(readOnly = true)
		public int count() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT COUNT(*) FROM entry", Integer.class));
		}

		@Transactional
		public int serverWhenWriting() {
			return server();
		}

		@Transactional(readOnly = true)
		public int serverWhenReading() {
			return server();
		}

		@Transactional
		public long connectionWhenWriting() {
			return connection();
		}

		@Transactional(readOnly = true)
		public long connectionWhenReading() {
			return connection();
		}

		@Transactional(readOnly = true)
		public void writeInReadOnlyTransaction() {
			this.jdbc.update("INSERT INTO entry (server) VALUES (0)");
		}

		@Transactional
		public void refuse(int code) {
			this.jdbc.execute("SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO=" + code
					+ ", MESSAGE_TEXT='The server is running with the --read-only option'");
		}

		private int server() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT @@server_id", Integer.class));
		}

		private long connection() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class));
		}

	}

}
