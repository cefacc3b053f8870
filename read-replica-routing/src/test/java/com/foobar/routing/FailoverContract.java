package com.foobar.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.connection.ReadOnlyTransactionException;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What happens when servers break, or take each other's roles, tried on real ones.
 */
abstract class FailoverContract {

	private static final int FIRST = 1;

	private static final int SECOND = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private @Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void writesThatHaveNotStartedWaitForTheNewPrimaryAndTheFormerOneBecomesAReplica() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Entries entries = start("read-replica-routing.topology=read-only-flag",
				"read-replica-routing.primary-wait=30s");
		assertThat(entries.serverWhenWriting()).isEqualTo(FIRST);
		servers().makeReadOnly(first);
		try {
			await(() -> !topology().snapshot().canWrite());
			assertThat(cause()).isEqualTo(Cause.NO_PRIMARY);
			assertThat(entries.serverWhenReading()).as("reads go on").isEqualTo(SECOND);
			CompletableFuture<Integer> write = CompletableFuture.supplyAsync(entries::add);
			servers().promote(second);
			assertThat(write.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join()).isEqualTo(SECOND);
			assertThat(primary()).isEqualTo(new DatabaseNode(name(second), Role.PRIMARY));
			servers().follow(first, second);
			await(() -> topology().snapshot().hasEligibleReplica());
			assertThat(entries.serverWhenWriting()).isEqualTo(SECOND);
			for (int round = 0; round < 20; round++) {
				int count = entries.count();
				entries.add();
				assertThat(entries.count()).as("own writes are found").isGreaterThan(count);
			}
			await(() -> entries.serverWhenReading() == FIRST);
		}
		finally {
			restore(first, second);
		}
		await(() -> topology().snapshot().canWrite() && primary().name().equals(name(first)));
		assertThat(entries.add()).isEqualTo(FIRST);
	}

	@Test
	void deadPrimaryIsReplacedAndRefusedWhenItComesBackWritable() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Entries entries = start("read-replica-routing.topology=read-only-flag");
		entries.add();
		servers().awaitCaughtUp();
		servers().stopPrimary();
		try {
			await(() -> !topology().snapshot().canWrite());
			assertThatThrownBy(entries::add).hasStackTraceContaining("needs the primary");
			servers().promote(second);
			await(() -> topology().snapshot().canWrite());
			assertThat(entries.add()).isEqualTo(SECOND);
			assertThat(entries.serverWhenReading()).as("the only server left").isEqualTo(SECOND);
			servers().startPrimary();
			await(() -> cause() == Cause.SPLIT_BRAIN);
			assertThatThrownBy(entries::add).hasStackTraceContaining("all say that they take writes")
				.hasStackTraceContaining("Make all but one of them read-only");
			var health = Objects
				.requireNonNull(context().getBean("dbHealthContributor", HealthIndicator.class).health());
			assertThat(health.getDetails()).containsEntry("writes", false);
			assertThat(health.getDetails().get("reason")).asString().contains(name(first)).contains(name(second));
			servers().makeReadOnly(first);
			await(() -> topology().snapshot().canWrite());
			assertThat(entries.add()).isEqualTo(SECOND);
			servers().follow(first, second);
			await(() -> topology().snapshot().hasEligibleReplica());
			await(() -> entries.serverWhenReading() == FIRST);
		}
		finally {
			restore(first, second);
		}
	}

	@Test
	void connectionToADemotedPrimaryIsEvictedWithTheFirstErrorAndTheMonitorLooksAtOnce() {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"spring.datasource.hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenWriting();
		assertThat(entries.connectionWhenWriting()).isEqualTo(connection);
		servers().makeReadOnly(servers().primaryUrl());
		try {
			assertThatThrownBy(entries::add).hasStackTraceContaining("read-only");
			await(() -> !topology().snapshot().canWrite());
			assertThat(cause()).isEqualTo(Cause.READ_ONLY);
			assertThat(entries.connectionWhenWriting()).isNotEqualTo(connection);
		}
		finally {
			servers().promote(servers().primaryUrl());
		}
		assertThat(entries.add()).isEqualTo(FIRST);
	}

	@Test
	void afterOneBrokenReadTheNextGoElsewhere() {
		Entries entries = start("read-replica-routing.monitor.interval=1h");
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		servers().stopReplica();
		try {
			try {
				// The pool may notice first, and then no read fails at all.
				assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
			}
			catch (RecoverableDataAccessException ex) {
				assertThat(ex).rootCause().isNotNull();
			}
			await(() -> !topology().snapshot().hasEligibleReplica());
			for (int read = 0; read < 20; read++) {
				assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
			}
		}
		finally {
			servers().startReplica();
		}
	}

	@Test
	void connectionThatSomebodyKilledTakesNoServerOut() throws SQLException {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"read-replica-routing.replicas[0].hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenReading();
		servers().execute(servers().replicaUrl(), "KILL " + connection);
		assertThatThrownBy(entries::serverWhenReading).isInstanceOf(RecoverableDataAccessException.class);
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(PATIENCE)
			.until(() -> topology().snapshot().hasEligibleReplica());
		assertThat(entries.connectionWhenReading()).isNotEqualTo(connection);
	}

	@Test
	void writeInReadOnlyTransactionNamesTheMethodThatOpenedIt() {
		Entries entries = start();
		assertThatThrownBy(entries::writeInReadOnlyTransaction)
			.satisfies((failure) -> assertThat(failure).rootCause().isNotInstanceOf(ReadOnlyTransactionException.class))
			.hasStackTraceContaining("ReadOnlyTransactionException")
			.hasStackTraceContaining(
					"ran in the read-only transaction of " + Entries.class.getName() + ".writeInReadOnlyTransaction")
			.hasStackTraceContaining("Take readOnly = true away");
		assertThat(topology().snapshot().hasEligibleReplica()).isTrue();
	}

	@Test
	void lagOfAReplicaThatHasNothingLeftToDoIsZeroAndThatOfADelayedOneIsFinerThanASecond() {
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

	private Duration lag() {
		NodeStatus status = topology().snapshot().replicas().get(0).status();
		return (status instanceof NodeStatus.Eligible eligible) ? eligible.lag() : Duration.ofDays(1);
	}

	/** Gives the servers the roles they had, whatever they have now. */
	private void restore(String first, String second) {
		servers().makeReadOnly(second);
		servers().promote(first);
		servers().execute(second, "STOP " + replication(second));
		servers().follow(second, first);
		// A former primary of MariaDB waits by what it has replicated, its own do not
		// count.
		servers().execute(first, "INSERT INTO foobar.entry (server) VALUES (0)");
		servers().awaitCaughtUp();
	}

	private String replication(String url) {
		try (Connection connection = servers().administer(url)) {
			return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB") ? "ALL SLAVES" : "REPLICA";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Cause cause() {
		return (topology().snapshot().primary().status() instanceof Ineligible ineligible) ? ineligible.cause() : null;
	}

	private DatabaseNode primary() {
		return topology().snapshot().primary().node();
	}

	private static String name(String url) {
		return url.replaceFirst("^jdbc:mysql://([^/]+)/.*$", "$1");
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
	}

	private Entries start(String... properties) {
		servers().onPrimary(
				"CREATE TABLE IF NOT EXISTS foobar.entry (id BIGINT AUTO_INCREMENT PRIMARY KEY, server INT NOT NULL)");
		servers().awaitCaughtUp();
		run(properties);
		await(() -> topology().snapshot().hasEligibleReplica());
		return context().getBean(Entries.class);
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

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	private Topology topology() {
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

		/** Returns which server it was added on. */
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

		private int server() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT @@server_id", Integer.class));
		}

		private long connection() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class));
		}

	}

}
