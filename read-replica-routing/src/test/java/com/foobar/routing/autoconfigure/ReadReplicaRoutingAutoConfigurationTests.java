package com.foobar.routing.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.Topology;
import com.foobar.routing.actuate.ReplicasEndpoint;
import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.intent.ReadIntentResolver;
import com.foobar.routing.intent.RepositoryReadPostProcessor;
import com.foobar.routing.micrometer.RoutingMetrics;
import com.foobar.routing.monitor.PrimaryDiscovery;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Servlet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.request.RequestContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadReplicaRoutingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				ReadReplicaRoutingAutoConfiguration.class, ReadReplicaRoutingActuatorAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + RecordingDriver.url("p"), "spring.datasource.username=app",
				"spring.datasource.password=secret", "read-replica-routing.consistency=eventual",
				"spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
				"spring.datasource.hikari.maximum-pool-size=3", "spring.datasource.hikari.minimum-idle=0");

	private final ApplicationContextRunner withReplica = this.runner
		.withPropertyValues("read-replica-routing.replicas[0].url=" + RecordingDriver.url("r"));

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@Test
	void doesNothingWithoutReplica() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(DataSource.class).hasSingleBean(HikariDataSource.class);
			assertThat(context).doesNotHaveBean(Topology.class).doesNotHaveBean(ReadReplicaRoutingProperties.class);
			assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
		});
	}

	@Test
	void doesNothingWhenDisabled() {
		this.withReplica.withPropertyValues("read-replica-routing.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(DataSource.class).doesNotHaveBean(Topology.class));
	}

	@Test
	void doesNothingWithoutHikari() {
		this.withReplica.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Topology.class));
	}

	@Test
	void needsNeitherSpringDataNorAWebServer() {
		this.withReplica.run((context) -> assertThat(context).hasSingleBean(RepositoryReadPostProcessor.class));
		this.withReplica
			.withClassLoader(new FilteredClassLoader(TransactionalRepositoryFactoryBeanSupport.class,
					RequestContextHolder.class, Servlet.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ReadIntentResolver.class)
				.doesNotHaveBean(RepositoryReadPostProcessor.class));
	}

	@Test
	void unknownRepositoryReadsPreventTheStart() {
		this.withReplica.withPropertyValues("read-replica-routing.repository-reads=sometimes")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("RepositoryReads.sometimes"));
	}

	@Test
	void routingDataSourceIsInjectedByTypeAndThePoolStaysAvailable() {
		this.withReplica.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean("dataSource")).isInstanceOf(HikariDataSource.class);
			assertThat(context).hasSingleBean(HikariDataSource.class).hasSingleBean(Topology.class);
		});
	}

	@Test
	void snapshotIsPublishedBeforeTheFirstRequest() {
		this.withReplica.run((context) -> {
			assertThat(context.getBean(Topology.class).snapshot().canWrite()).isTrue();
			assertThat(context.getBean(Topology.class).snapshot().hasEligibleReplica()).isTrue();
			assertThat(context.getBean(Topology.class).snapshot().replicas().get(0).node())
				.isEqualTo(new DatabaseNode("r", DatabaseNode.Role.REPLICA));
		});
	}

	@Test
	void startsAtOnceWhenTheReplicaIsDown() {
		RecordingDriver.down("r");
		this.withReplica.run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			assertThat(RecordingDriver.sent("p")).containsExactly("SELECT 1");
		});
	}

	@Test
	void replicaPoolInheritsFromThePrimarysAndOverrides() {
		this.withReplica.withPropertyValues("spring.datasource.hikari.max-lifetime=77000",
				"spring.datasource.hikari.data-source-properties.cachePrepStmts=true",
				"spring.datasource.hikari.pool-name=mine", "read-replica-routing.replicas[0].hikari.max-lifetime=88000",
				"read-replica-routing.replicas[0].hikari.data-source-properties.own=yes")
			.run((context) -> {
				HikariDataSource replica = replicaPool(context);
				assertThat(replica.getMaximumPoolSize()).isEqualTo(3);
				assertThat(replica.getMaxLifetime()).isEqualTo(88000);
				assertThat(replica.getUsername()).isEqualTo("app");
				assertThat(replica.getPassword()).isEqualTo("secret");
				assertThat(replica.getPoolName()).isEqualTo("r");
				assertThat(replica.isReadOnly()).isTrue();
				assertThat(replica.getDataSourceProperties()).containsEntry("cachePrepStmts", "true")
					.containsEntry("own", "yes");
				HikariDataSource primary = context.getBean(HikariDataSource.class);
				assertThat(primary.getMaxLifetime()).isEqualTo(77000);
				assertThat(primary.isReadOnly()).isFalse();
				assertThat(primary.getDataSourceProperties()).doesNotContainKey("own");
			});
	}

	@Test
	void replicaPoolFailsFastByDefault() {
		this.withReplica.run((context) -> assertThat(replicaPool(context).getConnectionTimeout()).isEqualTo(2000));
		this.withReplica.withPropertyValues("spring.datasource.hikari.connection-timeout=5000")
			.run((context) -> assertThat(replicaPool(context).getConnectionTimeout()).isEqualTo(5000));
	}

	@Test
	void replicaUsesItsOwnAccountIfSet() {
		this.withReplica
			.withPropertyValues("read-replica-routing.replicas[0].username=reader",
					"read-replica-routing.replicas[0].password=other", "read-replica-routing.replicas[0].name=east")
			.run((context) -> {
				assertThat(replicaPool(context).getUsername()).isEqualTo("reader");
				assertThat(replicaPool(context).getPassword()).isEqualTo("other");
				assertThat(context.getBean(ReplicaPools.class).byNode().keySet()).extracting(DatabaseNode::name)
					.containsExactly("east");
			});
	}

	@Test
	void poolsAreClosedWithTheApplication() {
		HikariDataSource[] pool = new HikariDataSource[1];
		this.withReplica.run((context) -> pool[0] = replicaPool(context));
		assertThat(pool[0].isClosed()).isTrue();
	}

	@Test
	void takesThePlaceOfThePrimaryAmongSeveralDataSources() {
		this.withReplica.withUserConfiguration(TwoDataSources.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean(DataSource.class).unwrap(HikariDataSource.class))
				.isSameAs(context.getBean("main"));
		});
	}

	@Test
	void rejectsSeveralDataSourcesWithoutPrimary() {
		this.withReplica.withUserConfiguration(TwoEqualDataSources.class)
			.run((context) -> assertThat(analysis(context)).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("one", "two");
				assertThat(analysis.getAction()).contains("@Primary");
			}));
	}

	@ParameterizedTest
	@CsvSource({ "max-lag=-5s, read-replica-routing.max-lag is PT-5S", "max-lag=0s, expected a positive duration",
			"primary-wait=-1s, read-replica-routing.primary-wait is PT-1S",
			"monitor.interval=0s, read-replica-routing.monitor.interval is PT0S",
			"monitor.timeout=-1s, read-replica-routing.monitor.timeout is PT-1S",
			"monitor.rise=0, read-replica-routing.monitor.rise is 0",
			"monitor.fall=-1, read-replica-routing.monitor.fall is -1",
			"wait-timeout=0s, read-replica-routing.wait-timeout is PT0S",
			"primary-fallback.max-concurrent=-1, read-replica-routing.primary-fallback.max-concurrent is -1",
			"replicas[0].weight=0, weight is 0", "selector=fastest, fastest",
			"replicas[1].url=mysql://r2/foobar, read-replica-routing.replicas[1].url is not a JDBC URL",
			"replicas[1].name=x, read-replica-routing.replicas[1].url is missing",
			"replicas[1].url=jdbc:recording://r/other, has the name r", "replicas[0].name=p, has the name p",
			"replicas[0].hikari.maximum-pool-syze=3, maximum-pool-syze" })
	void rejectsInvalidSettings(String property, String message) {
		this.withReplica.withPropertyValues("read-replica-routing." + property)
			.run((context) -> assertThat(context.getStartupFailure()).isNotNull().hasStackTraceContaining(message));
	}

	@Test
	void reportsTheSettingToCorrect() {
		this.withReplica.withPropertyValues("read-replica-routing.max-lag=-5s")
			.run((context) -> assertThat(analysis(context)).satisfies((analysis) -> {
				assertThat(analysis.getDescription())
					.isEqualTo("read-replica-routing.max-lag is PT-5S; expected a positive duration such as 10s.");
				assertThat(analysis.getAction()).isEqualTo("Correct read-replica-routing.max-lag.");
			}));
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

	@Test
	void halfOfTheConnectionsToAReplicaMayBeTakenByWaitingReads() {
		this.withReplica.withPropertyValues("spring.datasource.hikari.maximum-pool-size=10")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("r=5"));
		this.withReplica
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=8",
					"read-replica-routing.replicas[0].hikari.maximum-pool-size=1")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("p=4", "r=1"));
		this.withReplica.withPropertyValues("read-replica-routing.max-concurrent-waits=3")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("p=3", "r=3"));
		this.withReplica.withPropertyValues("read-replica-routing.max-concurrent-waits=-1")
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("read-replica-routing.max-concurrent-waits is -1; expected 0 or more"));
	}

	@Test
	void defaultsAreAsDocumented() {
		this.withReplica.run((context) -> {
			ReadReplicaRoutingProperties properties = context.getBean(ReadReplicaRoutingProperties.class);
			assertThat(properties.maxLag()).isEqualTo(Duration.ofSeconds(10));
			assertThat(properties.monitorInterval()).isEqualTo(Duration.ofSeconds(1));
			assertThat(properties.primaryDiscovery()).isEqualTo(PrimaryDiscovery.STATIC);
			assertThat(properties.primaryWait()).isEqualTo(Duration.ZERO);
			assertThat(properties.monitor().timeout()).isEqualTo(Duration.ofSeconds(1));
			assertThat(properties.monitor().rise()).isEqualTo(2);
			assertThat(properties.monitor().fall()).isEqualTo(2);
		});
	}

	private static HikariDataSource replicaPool(AssertableApplicationContext context) {
		return context.getBean(ReplicaPools.class).byNode().values().iterator().next();
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new InvalidRoutingConfigurationException.Analyzer()
			.analyze(Objects.requireNonNull(context.getStartupFailure()));
		return Objects.requireNonNull(analysis);
	}

	private static Health health(AssertableApplicationContext context) {
		return Objects.requireNonNull(context.getBean("dbHealthContributor", HealthIndicator.class).health());
	}

	private static HikariDataSource pool(String server) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(RecordingDriver.url(server));
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		@Primary
		HikariDataSource main() {
			return pool("main");
		}

		@Bean
		HikariDataSource other() {
			return pool("other");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoEqualDataSources {

		@Bean
		HikariDataSource one() {
			return pool("one");
		}

		@Bean
		HikariDataSource two() {
			return pool("two");
		}

	}

}
