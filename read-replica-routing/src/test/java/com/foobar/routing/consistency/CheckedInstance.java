package com.foobar.routing.consistency;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.routing.Causality;
import com.foobar.routing.Consistency;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.servers.ReplicaServer;
import com.foobar.routing.servers.ReplicatedServers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An instance of the application, with its own pools and monitor.
 */
public record CheckedInstance(ConfigurableApplicationContext context) implements AutoCloseable {

	static CheckedInstance start(ReplicatedServers servers, Consistency consistency, String... properties) {
		List<ReplicaServer> replicas = servers.replicas();
		Stream<String> replicaUrls = IntStream.range(0, replicas.size())
			.mapToObj((i) -> "read-replica-routing.replicas[" + i + "].url=" + replicas.get(i).url());
		Stream<String> all = Stream.of("spring.datasource.url=" + servers.primaryUrl(),
				"spring.datasource.username=" + servers.username(), "spring.datasource.password=" + servers.password(),
				"spring.datasource.hikari.maximum-pool-size=8", "spring.datasource.hikari.connection-timeout=3000",
				"read-replica-routing.monitor.username=" + servers.monitorUsername(),
				"read-replica-routing.monitor.password=" + servers.monitorPassword(),
				"read-replica-routing.monitor.interval=200ms", "read-replica-routing.consistency=" + consistency,
				"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
				"spring.jpa.open-in-view=false", "server.port=0", "spring.main.banner-mode=off",
				"logging.level.root=off");
		return new CheckedInstance(new SpringApplicationBuilder(CheckedApplication.class)
			.web(WebApplicationType.SERVLET)
			.properties(
					Stream.of(all, replicaUrls, Stream.of(properties)).flatMap((part) -> part).toArray(String[]::new))
			.run());
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port") + path;
	}

	CheckedApplication.Registers registers() {
		return this.context.getBean(CheckedApplication.Registers.class);
	}

	Causality causality() {
		return this.context.getBean(Causality.class);
	}

	TopologySnapshot snapshot() {
		return this.context.getBean(Topology.class).snapshot();
	}

	List<RoutingDecision> decisions() {
		return List.copyOf(this.context.getBean(CheckedApplication.Decisions.class).decisions());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
