package com.foobar.routing.autoconfigure;

import java.sql.SQLException;

import com.foobar.routing.connection.ConnectionFailures;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Lets one broken connection stand for its neighbours. The pool takes a connection that
 * was in use half a second ago for sound; when a server stops, each of them would fail a
 * reader in turn. The next borrower after the first failure finds a new connection, or
 * that there is none to be had. Thread-safe.
 */
final class BrokenConnections implements ConnectionFailures {

	private final ConnectionFailures listener;

	private volatile @Nullable HikariDataSource pool;

	/**
	 * @param listener told of every failure
	 */
	BrokenConnections(ConnectionFailures listener) {
		this.listener = listener;
	}

	void watch(HikariDataSource pool) {
		this.pool = pool;
	}

	@Override
	public void couldNotOpen(SQLException failure) {
		this.listener.couldNotOpen(failure);
	}

	@Override
	public void broke(SQLException failure) {
		this.listener.broke(failure);
		HikariDataSource pool = this.pool;
		// A statement that took too long says nothing about the other connections.
		HikariPoolMXBean connections = (pool != null && !ConnectionFailures.isTimeOut(failure))
				? pool.getHikariPoolMXBean() : null;
		if (connections != null) {
			connections.softEvictConnections();
		}
	}

	@Override
	public void refusedWrite(SQLException failure) {
		this.listener.refusedWrite(failure);
	}

}
