package com.foobar.routing.router;

import java.util.List;

import com.foobar.routing.NodeState;

/**
 * Selects one of several eligible replicas. Implementations must be thread-safe and
 * lock-free: a thread that is suspended while it selects must not block others. State
 * that they keep between calls is stored by the name of a replica, so that replicas may
 * leave and return at any time.
 */
@FunctionalInterface
public interface ReplicaSelector {

	/**
	 * Select one replica.
	 * @param eligible the candidates, never empty
	 * @return one of them
	 */
	NodeState select(List<NodeState> eligible);

}
