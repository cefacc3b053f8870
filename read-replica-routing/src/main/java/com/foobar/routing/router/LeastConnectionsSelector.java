package com.foobar.routing.router;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;

/**
 * Draws two replicas at random and selects the one with fewer connections in use (power
 * of two choices, Mitzenmacher 1996). Lock-free.
 */
final class LeastConnectionsSelector implements ReplicaSelector {

	private final ToIntFunction<DatabaseNode> connectionsInUse;

	LeastConnectionsSelector(ToIntFunction<DatabaseNode> connectionsInUse) {
		this.connectionsInUse = connectionsInUse;
	}

	@Override
	public NodeState select(List<NodeState> eligible) {
		int size = eligible.size();
		if (size == 1) {
			return eligible.get(0);
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int first = random.nextInt(size);
		int second = random.nextInt(size - 1);
		NodeState one = eligible.get(first);
		NodeState other = eligible.get((second < first) ? second : second + 1);
		return (this.connectionsInUse.applyAsInt(one.node()) <= this.connectionsInUse.applyAsInt(other.node())) ? one
				: other;
	}

}
