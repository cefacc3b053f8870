package com.foobar.routing.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import com.foobar.routing.NodeState;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of the database as a whole: up while reads can be served, with a reason if
 * writes cannot. Reports the monitor's last state and queries no server, so it responds
 * at once even when a server hangs.
 */
public final class RoutingHealthIndicator implements HealthIndicator {

	private final Topology topology;

	/**
	 * Create an indicator.
	 * @param topology the state of the servers
	 */
	public RoutingHealthIndicator(Topology topology) {
		this.topology = topology;
	}

	@Override
	public Health health() {
		TopologySnapshot snapshot = this.topology.snapshot();
		Health.Builder health = snapshot.canRead() ? Health.up() : Health.down();
		health.withDetail("reads", snapshot.canRead()).withDetail("writes", snapshot.canWrite());
		if (!snapshot.canWrite()) {
			health.withDetail("reason", "primary " + snapshot.primary().node() + ": " + snapshot.primary().status());
		}
		Map<String, String> nodes = new LinkedHashMap<>();
		nodes.put(snapshot.primary().node().name(), snapshot.primary().status().toString());
		for (NodeState replica : snapshot.replicas()) {
			nodes.put(replica.node().name(), replica.status().toString());
		}
		return health.withDetail("nodes", nodes).build();
	}

}
