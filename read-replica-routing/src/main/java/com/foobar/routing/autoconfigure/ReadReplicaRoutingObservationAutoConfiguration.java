package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.RoutingDataSource;
import com.foobar.routing.micrometer.RoutingKeyValues;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what observations are told.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(RoutingDataSource.class)
public final class ReadReplicaRoutingObservationAutoConfiguration {

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

	/**
	 * The registry once everything has been made. What handles observations may itself
	 * want the data source, which the listeners belong to, and which may be used before.
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
