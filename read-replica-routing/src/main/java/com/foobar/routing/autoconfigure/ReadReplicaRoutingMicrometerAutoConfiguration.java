package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.Topology;
import com.foobar.routing.connection.PrimaryFallbackLimit;
import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.micrometer.RoutingKeyValues;
import com.foobar.routing.micrometer.RoutingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the meters and of the key values of observations.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnBean(RoutingDataSource.class)
public final class ReadReplicaRoutingMicrometerAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		RoutingMetrics readReplicaRoutingMetrics(Topology topology, Causality causality, WaitLimit waitLimit,
				PrimaryFallbackLimit fallbackLimit) {
			return new RoutingMetrics(topology, causality, waitLimit, fallbackLimit);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		LateRegistry readReplicaRoutingObservationRegistry(ObjectProvider<ObservationRegistry> registry) {
			return new LateRegistry(registry);
		}

		@Bean
		RoutingKeyValues readReplicaRoutingKeyValues(LateRegistry registry, Causality causality) {
			RoutingKeyValues keyValues = new RoutingKeyValues(registry::get);
			causality.addWaitListener(keyValues);
			return keyValues;
		}

	}

	/**
	 * The registry, available once all singletons are created. The handlers of
	 * observations may depend on the data source, which depends on its listeners, and
	 * which may be used earlier.
	 */
	static final class LateRegistry implements SmartInitializingSingleton {

		private final ObjectProvider<ObservationRegistry> provider;

		private volatile ObservationRegistry registry = ObservationRegistry.NOOP;

		LateRegistry(ObjectProvider<ObservationRegistry> provider) {
			this.provider = provider;
		}

		ObservationRegistry get() {
			return this.registry;
		}

		@Override
		public void afterSingletonsInstantiated() {
			this.registry = this.provider.getIfAvailable(() -> ObservationRegistry.NOOP);
		}

	}

}
