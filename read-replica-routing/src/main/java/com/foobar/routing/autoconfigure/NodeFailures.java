package com.foobar.routing.autoconfigure;

import java.sql.SQLException;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeFailureListener;
import com.foobar.routing.connection.ConnectionFailures;

/**
 * Tells what goes wrong in the pool of a node as what goes wrong with the node.
 *
 * @param node the node
 * @param listener told of it
 */
record NodeFailures(DatabaseNode node, NodeFailureListener listener) implements ConnectionFailures {

	@Override
	public void couldNotOpen(SQLException failure) {
		this.listener.onNotOpened(this.node, failure);
	}

	@Override
	public void broke(SQLException failure) {
		this.listener.onBroken(this.node, failure);
	}

	@Override
	public void refusedWrite(SQLException failure) {
		this.listener.onRefusedWrite(this.node, failure);
	}

}
