package com.foobar.routing.router;

import java.util.List;

import com.foobar.routing.NodeState;

/**
 * Takes the replicas in turn. Lock-free.
 */
public final class RoundRobinSelector implements ReplicaSelector {

	private final StrideScheduler turns = new StrideScheduler();

	@Override
	public NodeState select(List<NodeState> eligible) {
		return this.turns.next(eligible, (replica) -> 1);
	}

}
