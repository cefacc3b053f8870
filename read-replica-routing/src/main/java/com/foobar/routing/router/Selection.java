package com.foobar.routing.router;

import java.util.Map;
import java.util.function.ToIntFunction;

import com.foobar.routing.DatabaseNode;

/**
 * The algorithm that selects one of several eligible replicas.
 */
public enum Selection {

	/** One after the other. */
	ROUND_ROBIN,

	/** One after the other, each in proportion to its weight. */
	WEIGHTED_ROUND_ROBIN,

	/**
	 * Of two replicas drawn at random, the one with fewer connections in use: nearly as
	 * even as comparing all, and without a stampede to the one that was idle a moment
	 * ago.
	 */
	LEAST_CONNECTIONS;

	/**
	 * Create a selector.
	 * @param weights the weights of the replicas, 1 or more; a replica without one has
	 * weight 1
	 * @param connectionsInUse the load of a replica
	 * @return a selector that has selected nothing yet
	 */
	public ReplicaSelector selector(Map<DatabaseNode, Integer> weights, ToIntFunction<DatabaseNode> connectionsInUse) {
		return switch (this) {
			case ROUND_ROBIN -> new RoundRobinSelector();
			case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobinSelector(weights);
			case LEAST_CONNECTIONS -> new LeastConnectionsSelector(connectionsInUse);
		};
	}

}
