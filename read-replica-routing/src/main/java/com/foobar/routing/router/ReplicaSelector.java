package com.foobar.routing.router;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;

/**
 * Answers "which eligible replica?". Implementations must be thread-safe and lock-free: a
 * thread that is suspended while it chooses must not keep others from choosing. What they
 * remember between choices goes by the name of a replica, so that replicas may leave and
 * return at any time.
 */
@FunctionalInterface
public interface ReplicaSelector {

	/**
	 * Choose one.
	 * @param eligible the replicas to choose from, never empty
	 * @return one of them
	 */
	NodeState select(List<NodeState> eligible);

	/**
	 * Make the selector of a way to choose.
	 * @param selection the way
	 * @param weights the weights of the replicas, 1 or more, for the weighted way; a
	 * replica without one has weight 1
	 * @param connectionsInUse the load of a replica, for the way that looks at it
	 * @return a selector that has chosen nothing yet
	 */
	static ReplicaSelector of(Selection selection, Map<DatabaseNode, Integer> weights,
			ToIntFunction<DatabaseNode> connectionsInUse) {
		return switch (selection) {
			case ROUND_ROBIN -> new RoundRobinSelector();
			case WEIGHTED_ROUND_ROBIN -> new WeightedSelector(weights);
			case LEAST_CONNECTIONS -> new LeastConnectionsSelector(connectionsInUse);
		};
	}

}
