package com.foobar.routing.monitor;

import com.foobar.routing.DatabaseNode;

/**
 * Hears that the connections which a pool has to a node are no longer good: the node is
 * gone, or is no longer what they were opened for. Thread-safe.
 */
@FunctionalInterface
public interface NodeLossListener {

	/**
	 * Called once for each loss, on a thread of the monitor.
	 * @param node the node, in the role it has lost
	 */
	void onLost(DatabaseNode node);

}
