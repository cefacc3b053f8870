package com.foobar.routing.physical;

import java.sql.SQLException;

import com.foobar.routing.DatabaseNode;

/**
 * Hears what goes wrong with the connections to a node, so that nobody else need find out
 * the slow way. Thread-safe; returns at once.
 */
@FunctionalInterface
public interface NodeFailureListener {

	/**
	 * A connection could not be opened.
	 * @param node the node
	 * @param failure what the driver or the pool said
	 */
	void onFailure(DatabaseNode node, SQLException failure);

	/**
	 * The driver could not open a connection for the pool of a node, whether somebody
	 * waits for it or not; by default as {@link #onFailure}.
	 * @param node the node
	 * @param failure what the driver said
	 */
	default void onNotOpened(DatabaseNode node, SQLException failure) {
		onFailure(node, failure);
	}

	/**
	 * A connection broke under a statement: the node may be gone, or it, or somebody in
	 * between, has closed just this one.
	 * @param node the node
	 * @param failure what the driver said
	 */
	default void onBroken(DatabaseNode node, SQLException failure) {
	}

	/**
	 * The node refused a write because it is read-only: it was the primary and may be no
	 * longer.
	 * @param node the node
	 * @param failure what the server said
	 */
	default void onRefusedWrite(DatabaseNode node, SQLException failure) {
	}

}
