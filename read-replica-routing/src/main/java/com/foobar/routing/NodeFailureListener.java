package com.foobar.routing;

import java.sql.SQLException;

/**
 * Hears that a connection to a node could not be opened, so that nobody else need find
 * out the slow way. Thread-safe; returns at once.
 */
@FunctionalInterface
public interface NodeFailureListener {

	/**
	 * Called for each failure.
	 * @param node the node
	 * @param failure what the driver or the pool said
	 */
	void onFailure(DatabaseNode node, SQLException failure);

}
