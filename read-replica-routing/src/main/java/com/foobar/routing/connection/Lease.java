package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.physical.PhysicalConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A pooled connection on loan, with the decision that chose it. For one thread, except
 * that any thread may abort it.
 */
final class Lease implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Lease.class);

	private final Connection connection;

	private final @Nullable PhysicalConnection physical;

	private final RoutingDecision decision;

	private final PrimaryFallbackLimit fallbackLimit;

	/**
	 * Whether the permit is held, {@code null} if the lease needs none. Released once:
	 * the owner may close the lease while another thread aborts it.
	 */
	private final @Nullable AtomicBoolean permit;

	/**
	 * Create a lease.
	 * @param connection the pooled connection
	 * @param physical the physical connection below it, {@code null} if the pool was not
	 * prepared
	 * @param decision why it was taken there
	 * @param fallbackLimit where a fallback to the primary holds a permit
	 */
	Lease(Connection connection, @Nullable PhysicalConnection physical, RoutingDecision decision,
			PrimaryFallbackLimit fallbackLimit) {
		this.connection = connection;
		this.physical = physical;
		this.decision = decision;
		this.fallbackLimit = fallbackLimit;
		this.permit = decision.isPrimaryFallback() ? new AtomicBoolean(true) : null;
	}

	Connection connection() {
		return this.connection;
	}

	RoutingDecision decision() {
		return this.decision;
	}

	boolean isOnReplica() {
		return this.decision.node().role() == Role.REPLICA;
	}

	/** Declare that no transaction is open and that no statement will run again. */
	void finish() throws SQLException {
		if (this.physical != null) {
			this.physical.finish();
		}
	}

	/** Return the connection to its pool. */
	@Override
	public void close() throws SQLException {
		try {
			this.connection.close();
		}
		finally {
			release();
		}
	}

	/** Return a connection that failed, keeping the failure. */
	void close(Exception cause) {
		try {
			close();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	void abort(Executor executor) throws SQLException {
		try {
			this.connection.abort(executor);
		}
		finally {
			release();
			closeAborted();
		}
	}

	/** The pool evicts the connection when it is closed. */
	private void closeAborted() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			logger.trace("An aborted connection could not be closed", ex);
		}
	}

	private void release() {
		if (this.permit != null && this.permit.getAndSet(false)) {
			this.fallbackLimit.release();
		}
	}

}
