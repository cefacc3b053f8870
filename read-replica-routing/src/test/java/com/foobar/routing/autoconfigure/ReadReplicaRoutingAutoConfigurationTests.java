package com.foobar.routing.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.Topology;
import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.intent.ReadIntentResolver;
import com.foobar.routing.intent.RepositoryReadPostProcessor;
import com.foobar.routing.monitor.PrimaryDiscovery;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.Servlet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
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

class ReadReplicaRoutingAutoConfigurationTests {

	private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				ReadReplicaRoutingAutoConfiguration.class, ReadReplicaRoutingActuatorAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + RecordingDriver.url("p"), "spring.datasource.username=app",
				"spring.datasource.password=secret", "read-replica-routing.consistency=eventual",
				"spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
				"spring.datasource.hikari.maximum-pool-size=3", "spring.datasource.hikari.minimum-idle=0");

	static final ApplicationContextRunner WITH_REPLICA = RUNNER
		.withPropertyValues("read-replica-routing.replicas[0].url=" + RecordingDriver.url("r"));

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@Test
	void doesNothingWithoutReplica() {
		RUNNER.run((context) -> {
			assertThat(context).hasSingleBean(DataSource.class).hasSingleBean(HikariDataSource.class);
			assertThat(context).doesNotHaveBean(Topology.class).doesNotHaveBean(ReadReplicaRoutingProperties.class);
			assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
		});
	}

	@Test
	void doesNothingWhenDisabled() {
		WITH_REPLICA.withPropertyValues("read-replica-routing.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(DataSource.class).doesNotHaveBean(Topology.class));
	}

	@Test
	void doesNothingWithoutHikari() {
		WITH_REPLICA.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Topology.class));
	}

	@Test
	void needsNeitherSpringDataNorAWebServer() {
		WITH_REPLICA.run((context) -> assertThat(context).hasSingleBean(RepositoryReadPostProcessor.class));
		WITH_REPLICA
			.withClassLoader(new FilteredClassLoader(TransactionalRepositoryFactoryBeanSupport.class,
					RequestContextHolder.class, Servlet.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ReadIntentResolver.class)
				.doesNotHaveBean(RepositoryReadPostProcessor.class));
	}

	@Test
	void unknownRepositoryReadsPreventTheStart() {
		WITH_REPLICA.withPropertyValues("read-replica-routing.repository-reads=sometimes")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("RepositoryReads.sometimes"));
	}

	@Test
	void routingDataSourceIsInjectedByTypeAndThePoolStaysAvailable() {
		WITH_REPLICA.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean("dataSource")).isInstanceOf(HikariDataSource.class);
			assertThat(context).hasSingleBean(HikariDataSource.class).hasSingleBean(Topology.class);
		});
	}

	@Test
	void snapshotIsPublishedBeforeTheFirstRequest() {
		WITH_REPLICA.run((context) -> {
			assertThat(context.getBean(Topology.class).snapshot().canWrite()).isTrue();
			assertThat(context.getBean(Topology.class).snapshot().hasEligibleReplica()).isTrue();
			assertThat(context.getBean(Topology.class).snapshot().replicas().get(0).node())
				.isEqualTo(new DatabaseNode("r", DatabaseNode.Role.REPLICA));
		});
	}

	@Test
	void startsImmediatelyWhenTheReplicaIsDown() {
		RecordingDriver.down("r");
		WITH_REPLICA.run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(JdbcTemplate.class).execute("SELECT 1");
			assertThat(RecordingDriver.sent("p")).containsExactly("SELECT 1");
		});
	}

	@Test
	void replicaPoolInheritsFromThePrimarysAndOverrides() {
		WITH_REPLICA.withPropertyValues("spring.datasource.hikari.max-lifetime=77000",
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
		WITH_REPLICA.run((context) -> assertThat(replicaPool(context).getConnectionTimeout()).isEqualTo(2000));
		WITH_REPLICA.withPropertyValues("spring.datasource.hikari.connection-timeout=5000")
			.run((context) -> assertThat(replicaPool(context).getConnectionTimeout()).isEqualTo(5000));
	}

	@Test
	void replicaUsesItsOwnAccountIfSet() {
		WITH_REPLICA
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
		WITH_REPLICA.run((context) -> pool[0] = replicaPool(context));
		assertThat(pool[0].isClosed()).isTrue();
	}

	@Test
	void replacesThePrimaryAmongSeveralDataSources() {
		WITH_REPLICA.withUserConfiguration(TwoDataSources.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean(DataSource.class).unwrap(HikariDataSource.class))
				.isSameAs(context.getBean("main"));
		});
	}

	@Test
	void rejectsSeveralDataSourcesWithoutPrimary() {
		WITH_REPLICA.withUserConfiguration(TwoEqualDataSources.class)
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
		WITH_REPLICA.withPropertyValues("read-replica-routing." + property)
			.run((context) -> assertThat(context.getStartupFailure()).isNotNull().hasStackTraceContaining(message));
	}

	@Test
	void reportsTheSettingToCorrect() {
		WITH_REPLICA.withPropertyValues("read-replica-routing.max-lag=-5s")
			.run((context) -> assertThat(analysis(context)).satisfies((analysis) -> {
				assertThat(analysis.getDescription())
					.isEqualTo("read-replica-routing.max-lag is PT-5S; expected a positive duration such as 10s.");
				assertThat(analysis.getAction()).isEqualTo("Correct read-replica-routing.max-lag.");
			}));
	}

	@Test
	void waitingReadsUseAtMostHalfOfTheConnectionsToAReplica() {
		WITH_REPLICA.withPropertyValues("spring.datasource.hikari.maximum-pool-size=10")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("r=5"));
		WITH_REPLICA
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=8",
					"read-replica-routing.replicas[0].hikari.maximum-pool-size=1")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("p=4", "r=1"));
		WITH_REPLICA.withPropertyValues("read-replica-routing.max-concurrent-waits=3")
			.run((context) -> assertThat(context.getBean(WaitLimit.class)).asString().contains("p=3", "r=3"));
		WITH_REPLICA.withPropertyValues("read-replica-routing.max-concurrent-waits=-1")
			.run((context) -> assertThat(analysis(context).getDescription())
				.contains("read-replica-routing.max-concurrent-waits is -1; expected 0 or more"));
	}

	@Test
	void defaultsAreAsDocumented() {
		WITH_REPLICA.run((context) -> {
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
