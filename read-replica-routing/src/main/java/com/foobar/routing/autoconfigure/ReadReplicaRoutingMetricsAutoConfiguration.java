package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.RoutingDataSource;
import com.foobar.routing.Spill;
import com.foobar.routing.Topology;
import com.foobar.routing.WaitLimit;
import com.foobar.routing.micrometer.RoutingMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(RoutingDataSource.class)
public final class ReadReplicaRoutingMetricsAutoConfiguration {

	@Bean
	RoutingMetrics readReplicaRoutingMetrics(Topology topology, Causality causality, WaitLimit waitLimit, Spill spill) {
		return new RoutingMetrics(topology, causality, waitLimit, spill);
	}

}
