package com.foobar.routing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.actuate.ReplicasEndpoint;
import com.foobar.routing.actuate.RoutingHealthIndicator;
import com.foobar.routing.connection.RoutingDataSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the endpoint {@code replicas} and of the {@code db} health.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class,
		beforeName = "org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration")
@ConditionalOnBean(RoutingDataSource.class)
public final class ReadReplicaRoutingActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(ReplicasEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		ReplicasEndpoint replicasEndpoint(Topology topology, ReplicaControl control) {
			return new ReplicasEndpoint(topology, control);
		}

	}

	/**
	 * Replaces Boot's {@code db} health, which would query the primary's pool and report
	 * the application down although it can serve reads.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("db")
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
		HealthContributor dbHealthContributor(Topology topology, RoutedDataSource routed,
				ConfigurableListableBeanFactory beanFactory) {
			HealthIndicator routing = new RoutingHealthIndicator(topology);
			Map<String, DataSource> others = new LinkedHashMap<>(SimpleAutowireCandidateResolver
				.resolveAutowireCandidates(beanFactory, DataSource.class, false, true));
			others.remove(routed.beanName());
			// By name, since the bean may be a proxy.
			others.remove(ReadReplicaRoutingAutoConfiguration.DATA_SOURCE);
			if (others.isEmpty()) {
				return routing;
			}
			Map<String, HealthContributor> all = new LinkedHashMap<>();
			all.put(routed.beanName(), routing);
			others.forEach((name, dataSource) -> all.put(name, new DataSourceHealthIndicator(dataSource)));
			return CompositeHealthContributor.fromMap(all);
		}

	}

}
