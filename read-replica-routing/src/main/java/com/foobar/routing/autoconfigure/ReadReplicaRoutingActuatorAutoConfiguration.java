package com.foobar.routing.autoconfigure;

import com.foobar.routing.ReplicaControl;
import com.foobar.routing.RoutingDataSource;
import com.foobar.routing.Topology;
import com.foobar.routing.actuate.ReplicasEndpoint;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code replicas}.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(RoutingDataSource.class)
@ConditionalOnAvailableEndpoint(ReplicasEndpoint.class)
public final class ReadReplicaRoutingActuatorAutoConfiguration {

	@Bean
	ReplicasEndpoint replicasEndpoint(Topology topology, ReplicaControl control) {
		return new ReplicasEndpoint(topology, control);
	}

}
