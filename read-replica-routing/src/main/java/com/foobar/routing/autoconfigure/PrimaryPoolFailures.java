package com.foobar.routing.autoconfigure;

import java.sql.SQLException;

import com.foobar.routing.connection.ConnectionFailures;

/**
 * Tells what goes wrong in the application's own pool, which is there before the monitor
 * that wants to hear of it. Thread-safe.
 */
final class PrimaryPoolFailures implements ConnectionFailures {

	private volatile ConnectionFailures listener = ConnectionFailures.IGNORED;

	void tell(ConnectionFailures listener) {
		this.listener = listener;
	}

	@Override
	public void couldNotOpen(SQLException failure) {
		this.listener.couldNotOpen(failure);
	}

	@Override
	public void broke(SQLException failure) {
		this.listener.broke(failure);
	}

	@Override
	public void refusedWrite(SQLException failure) {
		this.listener.refusedWrite(failure);
	}

}
