package com.foobar.routing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes the replicas in turn. Lock-free; a replica that leaves or returns disturbs the
 * turn by at most one.
 */
final class RoundRobinSelector implements ReplicaSelector {

	private final AtomicInteger turn = new AtomicInteger();

	@Override
	public NodeState select(List<NodeState> eligible) {
		return eligible.get(Math.floorMod(this.turn.getAndIncrement(), eligible.size()));
	}

}
