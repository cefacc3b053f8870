package com.foobar.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Takes the replicas in turn, each as often in a round as its weight says. Lock-free.
 */
final class WeightedSelector implements ReplicaSelector {

	private final Map<String, Integer> weights;

	private final AtomicInteger turn = new AtomicInteger();

	/**
	 * Create a selector.
	 * @param weights the weights, 1 or more; a replica without one has weight 1
	 */
	WeightedSelector(Map<DatabaseNode, Integer> weights) {
		// By name, since a server keeps its weight when its role changes.
		this.weights = weights.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap((entry) -> entry.getKey().name(), Map.Entry::getValue));
	}

	@Override
	public NodeState select(List<NodeState> eligible) {
		int heaviest = 0;
		int total = 0;
		for (NodeState replica : eligible) {
			int weight = weight(replica);
			heaviest = Math.max(heaviest, weight);
			total += weight;
		}
		int position = Math.floorMod(this.turn.getAndIncrement(), total);
		// Layer by layer, so that a heavy replica does not get its share in one burst.
		for (int layer = 0; layer < heaviest; layer++) {
			for (NodeState replica : eligible) {
				if (weight(replica) > layer && position-- == 0) {
					return replica;
				}
			}
		}
		throw new IllegalStateException("Unreachable: the position is below the sum of the weights");
	}

	private int weight(NodeState replica) {
		return this.weights.getOrDefault(replica.node().name(), 1);
	}

}
