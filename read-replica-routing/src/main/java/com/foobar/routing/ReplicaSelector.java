package com.foobar.routing;

import java.util.List;

/**
 * Answers "which eligible replica?". Implementations must be thread-safe and must not
 * block.
 */
@FunctionalInterface
interface ReplicaSelector {

	/**
	 * Choose one.
	 * @param eligible the replicas to choose from, never empty
	 * @return one of them
	 */
	NodeState select(List<NodeState> eligible);

}
