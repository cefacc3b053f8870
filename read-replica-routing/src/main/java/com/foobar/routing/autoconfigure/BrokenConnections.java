package com.foobar.routing.autoconfigure;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;

/**
 * Lets one broken connection stand for its neighbours. The pool takes a connection that
 * was in use half a second ago for sound; when a server stops, each of them would fail a
 * reader in turn. The next borrower after the first failure finds a new connection, or
 * that there is none to be had. Thread-safe.
 */
final class BrokenConnections implements SQLExceptionOverride {

	private static final int MAX_DEPTH = 10;

	private volatile @Nullable HikariDataSource pool;

	void watch(HikariDataSource pool) {
		this.pool = pool;
	}

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		HikariDataSource pool = this.pool;
		if (pool != null && isBroken(failure)) {
			HikariPoolMXBean connections = pool.getHikariPoolMXBean();
			if (connections != null) {
				connections.softEvictConnections();
			}
		}
		return Override.CONTINUE_EVICT;
	}

	// A statement that took too long says nothing about the others.
	private static boolean isBroken(SQLException failure) {
		String state = failure.getSQLState();
		if (state == null || !state.startsWith("08")) {
			return false;
		}
		Throwable cause = failure.getCause();
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof SocketTimeoutException) {
				return false;
			}
			cause = cause.getCause();
		}
		return true;
	}

}
