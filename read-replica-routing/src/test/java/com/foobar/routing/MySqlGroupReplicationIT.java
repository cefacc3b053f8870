package com.foobar.routing;

import java.time.Duration;
import java.util.Objects;

import com.foobar.routing.servers.MySqlGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary of a replication group is followed when it dies.
 */
@EnabledIf(value = "engineAnswers", disabledReason = "no container engine answers; MySQL is tested where one runs")
class MySqlGroupReplicationIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	static boolean engineAnswers() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Test
	void newPrimaryOfTheGroupTakesTheWrites() {
		try (MySqlGroup group = new MySqlGroup(); ConfigurableApplicationContext context = run(group)) {
			Topology topology = context.getBean(Topology.class);
			ReplicationContract.Entries entries = context.getBean(ReplicationContract.Entries.class);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> topology.snapshot().replicas().stream().allMatch(NodeState::isEligible));
			assertThat(entries.add()).isEqualTo(1);
			assertThat(entries.serverWhenReading()).isNotEqualTo(1);
			assertThat(entries.count()).isEqualTo(1);
			group.kill(1);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> topology.snapshot().canWrite() && !name(topology).equals(name(group.url(1))));
			int server = entries.add();
			assertThat(server).isIn(2, 3);
			assertThat(name(topology)).isEqualTo(name(group.url(server)));
			Awaitility.await().atMost(PATIENCE).until(() -> entries.serverWhenReading() == 5 - server);
			assertThat(entries.count()).isEqualTo(2);
		}
	}

	private static String name(Topology topology) {
		return topology.snapshot().primary().node().name();
	}

	private static String name(String url) {
		return url.replaceFirst("^jdbc:mysql://([^/]+)/.*$", "$1");
	}

	private static ConfigurableApplicationContext run(MySqlGroup group) {
		return Objects.requireNonNull(new SpringApplicationBuilder(ReplicationContract.Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + group.url(1), "spring.datasource.username=" + MySqlGroup.USERNAME,
					"spring.datasource.password=" + MySqlGroup.PASSWORD,
					"spring.datasource.hikari.connection-timeout=5000",
					"read-replica-routing.topology=group-replication",
					"read-replica-routing.replicas[0].url=" + group.url(2),
					"read-replica-routing.replicas[1].url=" + group.url(3), "spring.main.banner-mode=off",
					"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
					"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
					"logging.level.com.zaxxer.hikari=error")
			.run());
	}

}
