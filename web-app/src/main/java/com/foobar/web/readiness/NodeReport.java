package com.foobar.web.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.TopologySnapshot;

/**
 * One database server as this instance sees and uses it. Part of the response of
 * {@code /readyz}, from which the gateway's console shows the servers behind the
 * instances.
 *
 * @param name as configured
 * @param role {@code primary} or {@code replica}
 * @param eligible whether it is eligible for new work
 * @param status its state as text
 * @param lagMillis its replication lag in milliseconds, absent while it is not eligible
 * @param reads number of connections for reads since the start of this instance
 * @param writes number of connections for writes since then
 */
record NodeReport(String name, String role, boolean eligible, String status, @Nullable Long lagMillis, long reads,
		long writes) {

	static List<NodeReport> of(TopologySnapshot topology, RoutedConnections connections) {
		List<NodeReport> nodes = new ArrayList<>();
		nodes.add(of(topology.primary(), connections));
		topology.replicas().forEach((replica) -> nodes.add(of(replica, connections)));
		return List.copyOf(nodes);
	}

	private static NodeReport of(NodeState state, RoutedConnections connections) {
		Long lag = (state.status() instanceof NodeStatus.Eligible eligible) ? eligible.lag().toMillis() : null;
		return new NodeReport(state.node().name(), state.node().role().name().toLowerCase(Locale.ROOT),
				state.isEligible(), state.status().toString(), lag, connections.reads(state.node()),
				connections.writes(state.node()));
	}

}
