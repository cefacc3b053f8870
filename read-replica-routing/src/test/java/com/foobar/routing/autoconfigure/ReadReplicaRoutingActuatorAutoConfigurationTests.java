package com.foobar.routing.autoconfigure;

import java.util.Objects;

import com.foobar.routing.Topology;
import com.foobar.routing.actuate.ReplicasEndpoint;
import com.foobar.routing.micrometer.RoutingMetrics;
import com.foobar.routing.servers.RecordingDriver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadReplicaRoutingActuatorAutoConfigurationTests {

	private final ApplicationContextRunner withReplica = ReadReplicaRoutingAutoConfigurationTests.WITH_REPLICA;

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@Test
	void healthStaysUpWhileAReplicaIsDown() {
		RecordingDriver.down("r");
		this.withReplica.run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("reads", true).containsEntry("writes", true);
			assertThat(String.valueOf(health.getDetails().get("nodes"))).contains("unreachable");
		});
	}

	@Test
	void healthStaysUpForReadsWhileThePrimaryIsDown() {
		RecordingDriver.down("p");
		this.withReplica.run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("reads", true).containsEntry("writes", false);
			assertThat(String.valueOf(health.getDetails().get("reason"))).contains("primary p: unreachable");
		});
	}

	@Test
	void healthIsDownWhenNoServerResponds() {
		RecordingDriver.down("p");
		RecordingDriver.down("r");
		this.withReplica.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
	}

	@Test
	void drainedReplicaGetsNoReadsUntilItIsUndrained() {
		this.withReplica.withConfiguration(AutoConfigurations.of(ReadReplicaRoutingActuatorAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=replicas")
			.run((context) -> {
				ReplicasEndpoint endpoint = context.getBean(ReplicasEndpoint.class);
				Topology topology = context.getBean(Topology.class);
				assertThat(endpoint.servers().replicas()).extracting(ReplicasEndpoint.Server::eligible)
					.containsExactly(true);
				assertThat(endpoint.drain("r", true)).isNotNull()
					.satisfies((server) -> assertThat(server.status()).contains("drained"));
				assertThat(topology.snapshot().hasEligibleReplica()).isFalse();
				endpoint.drain("r", false);
				assertThat(topology.snapshot().hasEligibleReplica()).isTrue();
				assertThatThrownBy(() -> endpoint.drain("p", true)).as("only replicas can be drained")
					.isInstanceOf(InvalidEndpointRequestException.class)
					.hasMessage("There is no replica p; expected one of [r]");
			});
	}

	@Test
	void decisionsAndStatesAreMetered() {
		this.withReplica.withConfiguration(AutoConfigurations.of(ReadReplicaRoutingMicrometerAutoConfiguration.class))
			.run((context) -> {
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(RoutingMetrics.class).bindTo(registry);
				context.getBean(JdbcTemplate.class).execute("SELECT 1");
				assertThat(registry.get("read.replica.routing.decisions")
					.tags("target", "primary", "node", "p", "reason", "auto-commit")
					.counter()
					.count()).isEqualTo(1);
				assertThat(registry.get("read.replica.routing.eligible").tag("node", "r").gauge().value()).isEqualTo(1);
				assertThat(registry.get("read.replica.routing.lag").tag("node", "r").gauge().value()).isZero();
				assertThat(registry.get("read.replica.routing.waiting").tag("node", "r").gauge().value()).isZero();
				assertThat(
						registry.get("read.replica.routing.waits.rejected").tag("node", "r").functionCounter().count())
					.isZero();
			});
	}

	private static Health health(AssertableApplicationContext context) {
		return Objects.requireNonNull(context.getBean("dbHealthContributor", HealthIndicator.class).health());
	}

}
