package com.foobar.routing.monitor;

import java.sql.SQLException;

import com.foobar.routing.DatabaseNode;

/**
 * Answers "can the pool of this node open connections again?". The monitor's probes do
 * not show it, since their account and URL are not the pool's. Thread-safe.
 */
@FunctionalInterface
public interface PoolTrial {

	/**
	 * Open a connection as the pool does, and close it. Called on a thread of the
	 * monitor, and only after the pool failed to open one.
	 * @param node the node
	 * @throws SQLException if it cannot be opened
	 */
	void open(DatabaseNode node) throws SQLException;

}
