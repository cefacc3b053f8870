package com.foobar.routing.router;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;

/**
 * Selects replicas in proportion to their weights, spread evenly. Lock-free.
 */
final class WeightedRoundRobinSelector implements ReplicaSelector {

	private final Map<String, Integer> weights;

	private final ToIntFunction<NodeState> weight = this::weight;

	private final StrideScheduler scheduler = new StrideScheduler();

	/**
	 * Create a selector.
	 * @param weights the weights, 1 or more; a replica without one has weight 1
	 */
	WeightedRoundRobinSelector(Map<DatabaseNode, Integer> weights) {
		// By name: a server keeps its weight when its role changes.
		this.weights = weights.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap((entry) -> entry.getKey().name(), Map.Entry::getValue));
	}

	@Override
	public NodeState select(List<NodeState> eligible) {
		return this.scheduler.next(eligible, this.weight);
	}

	private int weight(NodeState replica) {
		return this.weights.getOrDefault(replica.node().name(), 1);
	}

}
