package com.foobar.routing.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.foobar.routing.Causality;
import com.foobar.routing.Consistency;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.autoconfigure.ReadReplicaRoutingProperties.Monitor;
import com.foobar.routing.autoconfigure.ReadReplicaRoutingProperties.NoReplicaFallback;
import com.foobar.routing.connection.PrimaryFallbackLimit;
import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.connection.RoutingDataSourceBuilder;
import com.foobar.routing.connection.RoutingDataSourceBuilder;
import com.foobar.routing.connection.RoutingDataSourceBuilder;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.intent.ReadIntentResolver;
import com.foobar.routing.monitor.MonitorSettings;
import com.foobar.routing.monitor.TopologyMonitor;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/**
 * Auto-configuration of read-replica routing. Active as soon as one replica is
 * configured.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class,
		before = { DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class },
		beforeName = { "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
				"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration" })
@ConditionalOnClass(HikariDataSource.class)
@Conditional(OnReplicasCondition.class)
@Import({ RoutedDataSource.Registrar.class, ReadIntentConfiguration.class })
@EnableConfigurationProperties({ ReadReplicaRoutingProperties.class, DataSourceProperties.class })
public final class ReadReplicaRoutingAutoConfiguration {

	/** HikariCP's default, which is applied when a pool starts. */
	private static final int HIKARI_MAXIMUM_POOL_SIZE = 10;

	/** Name of the DataSource bean that applications use. */
	static final String DATA_SOURCE = "readReplicaRoutingDataSource";

	@Bean
	static PrimaryPoolPreparer readReplicaRoutingPrimaryPoolPreparer(RoutedDataSource routed,
			ObjectProvider<Causality> causality, NodeFailures failures) {
		return new PrimaryPoolPreparer(routed, causality, failures);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static NodeFailures readReplicaRoutingPrimaryFailures() {
		return new NodeFailures();
	}

	@Bean
	ThreadLocalCausality readReplicaRoutingCausality(ReadReplicaRoutingProperties properties) {
		return new ThreadLocalCausality(properties.consistency());
	}

	@Bean
	PrimaryFallbackLimit readReplicaRoutingPrimaryFallbackLimit(ReadReplicaRoutingProperties properties) {
		Integer limit = properties.primaryFallback().maxConcurrent();
		return (limit != null) ? new PrimaryFallbackLimit(limit) : PrimaryFallbackLimit.unlimited();
	}

	/**
	 * Tasks of Boot's executors run in the causality scope of the thread that submitted
	 * them, as with {@code @Async}.
	 */
	@Bean
	@Fallback
	TaskDecorator readReplicaRoutingTaskDecorator(Causality causality) {
		return causality::wrap;
	}

	@Bean
	PrimaryPool readReplicaRoutingPrimaryPool(RoutedDataSource routed, ListableBeanFactory beanFactory,
			ReadReplicaRoutingProperties properties, Causality causality, NodeFailures failures,
			ObjectProvider<JdbcConnectionDetails> connectionDetails, DataSourceProperties dataSourceProperties) {
		Prerequisites.requireLocalTransactions(beanFactory);
		DataSource dataSource = beanFactory.getBean(routed.beanName(), DataSource.class);
		Prerequisites.requireRoutable(routed.beanName(), dataSource, causality, failures);
		PrimaryPool primary = PrimaryPool.of(dataSource, properties.primary().name(),
				connectionDetails.getIfAvailable(), dataSourceProperties);
		UrlPrerequisites.requirePrimary(primary.url(), primary.driverProperties(), properties.consistency());
		return primary;
	}

	@Bean
	ReplicaPool.All readReplicaRoutingReplicaPoolConfigs(PrimaryPool primary, ReadReplicaRoutingProperties properties,
			Environment environment) {
		return new ReplicaPool.All(
				new ReplicaPoolFactory(primary, Binder.get(environment), properties).create(properties.replicas()));
	}

	@Bean(destroyMethod = "close")
	TopologyMonitor readReplicaRoutingTopology(PrimaryPool primary, ReplicaPool.All replicas,
			ReadReplicaRoutingProperties properties, NodeFailures primaryFailures) {
		Monitor monitor = properties.monitor();
		MonitorSettings settings = new MonitorSettings(properties.primaryDiscovery(), properties.monitorInterval(),
				monitor.timeout(), monitor.rise(), monitor.fall(), properties.maxLag());
		TopologyMonitor topology = new TopologyMonitor(primary.endpoint(monitor),
				replicas.pools().stream().map((replica) -> replica.endpoint(monitor)).toList(), settings);
		topology.start();
		String unsupported = topology.unsupported();
		if (unsupported != null) {
			topology.close();
			throw new InvalidRoutingConfigurationException(
					ReadReplicaRoutingProperties.PREFIX + ".primary-discovery is group-replication, but " + unsupported
							+ "; expected members of a MySQL replication group.",
					"Set " + ReadReplicaRoutingProperties.PREFIX
							+ ".primary-discovery=read-only-flag, which supports MariaDB servers too, or static.");
		}
		primaryFailures.reportTo(primary.node(), topology.failures());
		return topology;
	}

	@Bean
	ReplicaControl readReplicaRoutingReplicaControl(TopologyMonitor monitor) {
		return monitor.replicaControl();
	}

	@Bean(destroyMethod = "close")
	ReplicaPools readReplicaRoutingReplicaPools(ReplicaPool.All replicas, TopologyMonitor monitor, PrimaryPool primary,
			Causality causality, ReadReplicaRoutingProperties properties) {
		boolean tracksCommits = properties.rolesMayChange() && causality.consistency() != Consistency.EVENTUAL;
		ReplicaPools pools = new ReplicaPools(replicas.pools(), monitor.failures(),
				tracksCommits ? causality::committed : null);
		monitor.setPoolTrial(pools::tryToOpen);
		monitor.addLossListener((node) -> {
			HikariDataSource replica = pools.pool(node);
			NodeFailures.softEvict((replica != null) ? replica : primary.hikari());
		});
		return pools;
	}

	@Bean
	WaitLimit readReplicaRoutingWaitLimit(PrimaryPool primary, ReplicaPool.All replicas,
			ReadReplicaRoutingProperties properties) {
		Map<String, Integer> limits = new HashMap<>();
		if (primary.hikari() != null) {
			limits.put(primary.node().name(), waitLimit(primary.hikari(), properties));
		}
		replicas.pools()
			.forEach((replica) -> limits.put(replica.node().name(), waitLimit(replica.config(), properties)));
		return new WaitLimit(limits);
	}

	/** By default half of the connections stay free for reads that need not wait. */
	private static int waitLimit(HikariConfig pool, ReadReplicaRoutingProperties properties) {
		Integer limit = properties.maxConcurrentWaits();
		int connections = (pool.getMaximumPoolSize() > 0) ? pool.getMaximumPoolSize() : HIKARI_MAXIMUM_POOL_SIZE;
		return (limit != null) ? limit : Math.max(connections / 2, 1);
	}

	@Bean(DATA_SOURCE)
	@Primary
	RoutingDataSource readReplicaRoutingDataSource(PrimaryPool primary, ReplicaPools replicas, TopologyMonitor monitor,
			ThreadLocalCausality causality, WaitLimit waitLimit, PrimaryFallbackLimit fallbackLimit,
			ReadReplicaRoutingProperties properties, ObjectProvider<RoutingListener> listeners,
			ReadIntentResolver readIntents) {
		RoutingDataSourceBuilder builder = RoutingDataSourceBuilder
			.create(monitor, primary.node(), primary.dataSource())
			.autoCommit(primary.autoCommit())
			.primaryServesReads(properties.fallback() == NoReplicaFallback.PRIMARY)
			.primaryWait(properties.primaryWait())
			.selection(properties.selector(), replicas.weights(), replicas::connectionsInUse)
			.primaryFallbackLimit(fallbackLimit)
			.consistency(causality, properties.waitTimeout(), monitor.executedGtids())
			.waitLimit(waitLimit)
			.readIntent(readIntents)
			.listeners(listeners.orderedStream().toList())
			.failureListener(monitor.failures());
		if (properties.rolesMayChange()) {
			builder.rolesMayChange();
		}
		replicas.byNode().forEach(builder::replica);
		return builder.build();
	}

	/**
	 * Settings that Hibernate needs, and those that it must not have.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HibernatePropertiesCustomizer.class)
	static class HibernateConfiguration {

		/** Last, so that it sees the settings of other customizers. */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		HibernatePropertiesCustomizer readReplicaRoutingHibernateCustomizer(PrimaryPool primary) {
			return new HibernateRequirements(primary.autoCommit());
		}

	}

}
