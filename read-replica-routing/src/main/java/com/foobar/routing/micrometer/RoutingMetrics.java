package com.foobar.routing.micrometer;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the decisions and shows the state of each server:
 * {@code read.replica.routing.decisions} by {@code node} and {@code reason};
 * {@code read.replica.routing.eligible}, 1 or 0, and {@code read.replica.routing.lag} in
 * seconds, NaN while it is unknown, by {@code node}. Thread-safe.
 */
public final class RoutingMetrics implements RoutingListener, MeterBinder {

	private static final String PREFIX = "read.replica.routing.";

	private final Topology topology;

	private final Map<RoutingDecision, Counter> decisions = new ConcurrentHashMap<>();

	private volatile @Nullable MeterRegistry registry;

	/**
	 * Create the meters' source.
	 * @param topology what is known of the servers
	 */
	public RoutingMetrics(Topology topology) {
		this.topology = topology;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		TopologySnapshot snapshot = this.topology.snapshot();
		bind(registry, snapshot.primary().node());
		snapshot.replicas().forEach((replica) -> bind(registry, replica.node()));
	}

	private void bind(MeterRegistry registry, DatabaseNode node) {
		Gauge.builder(PREFIX + "eligible", () -> state(node).isEligible() ? 1 : 0)
			.description("Whether the server gets new work")
			.tag("node", node.name())
			.register(registry);
		if (node.role() == DatabaseNode.Role.REPLICA) {
			Gauge.builder(PREFIX + "lag", () -> lag(state(node)))
				.description("How far the replica is behind the primary, NaN while it is out")
				.baseUnit("seconds")
				.tag("node", node.name())
				.register(registry);
		}
	}

	private NodeState state(DatabaseNode node) {
		return this.topology.snapshot()
			.find(node.name())
			.orElseThrow(() -> new IllegalStateException(node + " left the topology"));
	}

	private static double lag(NodeState state) {
		return (state.status() instanceof NodeStatus.Eligible eligible) ? eligible.lag().toNanos() / 1e9 : Double.NaN;
	}

	@Override
	public void onRouted(RoutingDecision decision) {
		MeterRegistry registry = this.registry;
		if (registry != null) {
			this.decisions.computeIfAbsent(decision, (key) -> counter(registry, key)).increment();
		}
	}

	private static Counter counter(MeterRegistry registry, RoutingDecision decision) {
		return Counter.builder(PREFIX + "decisions")
			.description("Connections by the server they went to, and why")
			.tag("node", decision.node().name())
			.tag("reason", decision.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.register(registry);
	}

}
