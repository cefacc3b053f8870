package com.foobar.routing.physical;

import java.sql.SQLException;

import com.foobar.routing.DatabaseNode;

/**
 * Receives the failures of the connections to a node, so that other callers need not wait
 * for a timeout. Thread-safe; must not block.
 */
@FunctionalInterface
public interface NodeFailureListener {

	/**
	 * A connection could not be opened.
	 * @param node the node
	 * @param failure the exception of the driver or the pool
	 */
	void onFailure(DatabaseNode node, SQLException failure);

	/**
	 * The driver could not open a connection for the pool of a node, whether a borrower
	 * waits for it or not; by default as {@link #onFailure}.
	 * @param node the node
	 * @param failure the driver's exception
	 */
	default void onNotOpened(DatabaseNode node, SQLException failure) {
		onFailure(node, failure);
	}

	/**
	 * A connection broke during a statement: the node may be down, or the node or a proxy
	 * has closed this connection only.
	 * @param node the node
	 * @param failure the driver's exception
	 */
	default void onBroken(DatabaseNode node, SQLException failure) {
	}

	/**
	 * The node rejected a write because it is read-only: it was the primary and may be no
	 * longer.
	 * @param node the node
	 * @param failure the server's error
	 */
	default void onRefusedWrite(DatabaseNode node, SQLException failure) {
	}

}
