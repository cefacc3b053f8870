package com.foobar.web.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.TopologySnapshot;

/**
 * One database server, as this instance sees and uses it. Part of the answer at
 * {@code /readyz}, from which the gateway's console shows what lies behind the instances.
 *
 * @param name as configured
 * @param role {@code primary} or {@code replica}
 * @param eligible whether it gets new work
 * @param status its state in words
 * @param lagMillis how far it is behind, absent while it is out
 * @param reads connections opened there to read, since the start of this instance
 * @param writes connections opened there that may have written
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
