package com.foobar.routing.autoconfigure;

import java.sql.SQLException;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.physical.ConnectionFailureListener;
import com.foobar.routing.physical.NodeFailureListener;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Reports failures of a pool's connections as failures of its node, from the time on at
 * which the monitor exists. Thread-safe.
 */
final class NodeFailures implements ConnectionFailureListener {

	private volatile @Nullable Target target;

	private volatile @Nullable HikariDataSource evicted;

	/**
	 * Report failures from now on.
	 * @param node the node of the pool
	 * @param listener receives the failures
	 */
	void reportTo(DatabaseNode node, NodeFailureListener listener) {
		this.target = new Target(node, listener);
	}

	/**
	 * Evict the idle connections of a pool when one of its connections breaks. The pool
	 * does not validate a connection that was in use half a second ago, so each of them
	 * would fail one more borrower after its server has stopped.
	 * @param pool the pool
	 */
	void evictOnFailure(HikariDataSource pool) {
		this.evicted = pool;
	}

	/** Connections in use are closed when they are returned. */
	static void softEvict(@Nullable HikariDataSource pool) {
		HikariPoolMXBean connections = (pool != null && !pool.isClosed()) ? pool.getHikariPoolMXBean() : null;
		if (connections != null) {
			connections.softEvictConnections();
		}
	}

	@Override
	public void onOpenFailed(SQLException failure) {
		Target target = this.target;
		if (target != null) {
			target.listener.onNotOpened(target.node, failure);
		}
	}

	@Override
	public void onBroken(SQLException failure) {
		Target target = this.target;
		if (target != null) {
			target.listener.onBroken(target.node, failure);
		}
		// A statement that timed out says nothing about the other connections.
		if (!ConnectionFailureListener.isTimeout(failure)) {
			softEvict(this.evicted);
		}
	}

	@Override
	public void onRefusedWrite(SQLException failure) {
		Target target = this.target;
		if (target != null) {
			target.listener.onRefusedWrite(target.node, failure);
		}
	}

	private record Target(DatabaseNode node, NodeFailureListener listener) {

	}

}
