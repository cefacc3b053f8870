package com.foobar.routing.router;

import java.util.List;

import com.foobar.routing.NodeState;

/**
 * Selects one replica after the other. Lock-free.
 */
public final class RoundRobinSelector implements ReplicaSelector {

	private final StrideScheduler scheduler = new StrideScheduler();

	@Override
	public NodeState select(List<NodeState> eligible) {
		return this.scheduler.next(eligible, (replica) -> 1);
	}

}
