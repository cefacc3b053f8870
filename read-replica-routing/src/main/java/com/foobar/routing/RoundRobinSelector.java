package com.foobar.routing;

import java.util.List;

/**
 * Takes the replicas in turn. Lock-free.
 */
final class RoundRobinSelector implements ReplicaSelector {

	private final Turns turns = new Turns();

	@Override
	public NodeState select(List<NodeState> eligible) {
		return this.turns.next(eligible, (replica) -> 1);
	}

}
