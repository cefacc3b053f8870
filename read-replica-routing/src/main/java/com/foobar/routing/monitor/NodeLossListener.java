package com.foobar.routing.monitor;

import com.foobar.routing.DatabaseNode;

/**
 * Receives the loss of a node whose pooled connections are no longer valid: it became
 * unreachable, lost its role, or its address leads to another server. Thread-safe.
 */
@FunctionalInterface
public interface NodeLossListener {

	/**
	 * Called once for each loss, on a thread of the monitor.
	 * @param node the node, in the role it has lost
	 */
	void onLost(DatabaseNode node);

}
