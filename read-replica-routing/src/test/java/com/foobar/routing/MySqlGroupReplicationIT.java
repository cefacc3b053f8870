package com.foobar.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.actuate.ReplicasEndpoint;
import com.foobar.routing.servers.MySqlGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The library follows the primary of a replication group, and excludes a member whose lag
 * is unknown.
 */
@EnabledIfDockerAvailable
class MySqlGroupReplicationIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	@Test
	void newPrimaryOfTheGroupGetsTheWrites() {
		try (MySqlGroup group = new MySqlGroup(); ConfigurableApplicationContext context = run(group)) {
			Topology topology = context.getBean(Topology.class);
			ReplicationContract.Entries entries = context.getBean(ReplicationContract.Entries.class);
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> topology.snapshot().replicas().stream().allMatch(NodeState::isEligible));
			assertThat(entries.add()).isEqualTo(1);
			assertThat(entries.serverWhenReading()).isNotEqualTo(1);
			assertThat(entries.count()).isEqualTo(1);
			group.kill(1);
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> topology.snapshot().canWrite() && !name(topology).equals(name(group.url(1))));
			int server = entries.add();
			assertThat(server).isIn(2, 3);
			assertThat(name(topology)).isEqualTo(name(group.url(server)));
			Awaitility.await().atMost(TIMEOUT).until(() -> entries.serverWhenReading() == 5 - server);
			assertThat(entries.count()).isEqualTo(2);
		}
	}

	/**
	 * A member reports queued transactions and their age in two different tables. An
	 * account that may read only the first cannot determine the lag once transactions are
	 * queued.
	 */
	@Test
	void memberOfUnknownLagIsExcluded() throws SQLException {
		try (MySqlGroup group = new MySqlGroup()) {
			group.execute(1, "CREATE USER watcher@'%' IDENTIFIED BY '" + MySqlGroup.PASSWORD + "'",
					"GRANT REPLICATION CLIENT ON *.* TO watcher@'%'",
					"GRANT SELECT ON performance_schema.replication_group_members TO watcher@'%'",
					"GRANT SELECT ON performance_schema.replication_group_member_stats TO watcher@'%'");
			try (ConfigurableApplicationContext context = run(group, "read-replica-routing.monitor.username=watcher",
					"read-replica-routing.monitor.password=" + MySqlGroup.PASSWORD,
					"read-replica-routing.monitor.interval=200ms", "read-replica-routing.max-lag=1h");
					Connection second = group.administer(2);
					Connection third = group.administer(3);
					Statement onSecond = second.createStatement();
					Statement onThird = third.createStatement()) {
				ReplicationContract.Entries entries = context.getBean(ReplicationContract.Entries.class);
				await(() -> causes(context).isEmpty());
				onSecond.execute("FLUSH TABLES WITH READ LOCK");
				entries.add();
				await(() -> causes(context).equals(List.of(Cause.LAG_UNKNOWN)));
				ReplicasEndpoint.Server shown = shown(context, group.url(2));
				assertThat(shown.eligible()).isFalse();
				assertThat(shown.lagMillis()).isNull();
				assertThat(shown.status()).contains("lag unknown", "performance_schema");
				assertThat(shown(context, group.url(3)).eligible()).isTrue();
				for (int i = 0; i < 10; i++) {
					assertThat(entries.serverWhenReading()).isEqualTo(3);
				}
				onThird.execute("FLUSH TABLES WITH READ LOCK");
				entries.add();
				await(() -> causes(context).equals(List.of(Cause.LAG_UNKNOWN, Cause.LAG_UNKNOWN)));
				assertThat(entries.serverWhenReading()).isEqualTo(1);
				assertThat(entries.count()).isEqualTo(2);
				onSecond.execute("UNLOCK TABLES");
				onThird.execute("UNLOCK TABLES");
				await(() -> causes(context).isEmpty());
				assertThat(entries.serverWhenReading()).isIn(2, 3);
			}
		}
	}

	/** The reasons of the ineligible replicas. */
	private static List<Cause> causes(ConfigurableApplicationContext context) {
		return context.getBean(Topology.class)
			.snapshot()
			.replicas()
			.stream()
			.map(NodeState::status)
			.filter(Ineligible.class::isInstance)
			.map((status) -> ((Ineligible) status).cause())
			.toList();
	}

	private static ReplicasEndpoint.Server shown(ConfigurableApplicationContext context, String url) {
		ReplicasEndpoint endpoint = new ReplicasEndpoint(context.getBean(Topology.class),
				context.getBean(ReplicaControl.class));
		return Objects.requireNonNull(endpoint.replica(name(url)), url);
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(100)).until(condition::getAsBoolean);
	}

	private static String name(Topology topology) {
		return topology.snapshot().primary().node().name();
	}

	private static String name(String url) {
		return url.replaceFirst("^jdbc:mysql://([^/]+)/.*$", "$1");
	}

	private static ConfigurableApplicationContext run(MySqlGroup group, String... properties) {
		return Objects.requireNonNull(new SpringApplicationBuilder(ReplicationContract.Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + group.url(1), "spring.datasource.username=" + MySqlGroup.USERNAME,
					"spring.datasource.password=" + MySqlGroup.PASSWORD,
					"spring.datasource.hikari.connection-timeout=5000",
					"read-replica-routing.primary-discovery=group-replication",
					"read-replica-routing.replicas[0].url=" + group.url(2),
					"read-replica-routing.replicas[1].url=" + group.url(3), "spring.main.banner-mode=off",
					"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
					"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
					"logging.level.com.zaxxer.hikari=error")
			.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new)));
	}

}
