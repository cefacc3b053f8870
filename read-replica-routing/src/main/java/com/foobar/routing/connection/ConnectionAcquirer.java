package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.PrimaryFallbackLimitException;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.CausalReads;
import com.foobar.routing.consistency.RequiredGtids;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.physical.NodeFailureListener;
import com.foobar.routing.router.Intent;
import com.foobar.routing.router.Route;
import com.foobar.routing.router.Router;
import org.jspecify.annotations.Nullable;

/**
 * Acquires a pooled connection: chooses a node, borrows from its pool, waits until a
 * replica has the required GTIDs, and verifies the role of the server. Goes on to the
 * next node when one fails, and waits for a primary when there is none. Thread-safe.
 */
final class ConnectionAcquirer {

	private static final String CANNOT_CONNECT = "08001";

	/** Does not make the pool evict the connection, unlike a state of class 08. */
	private static final String READ_ONLY = "25006";

	private final Topology topology;

	private final Router router;

	private final NodePools pools;

	private final CausalReads reads;

	private final Supplier<Intent> readIntent;

	private final Limits limits;

	private final ConnectionListeners listeners;

	private final boolean rolesMayChange;

	private volatile @Nullable ConnectionDefaults defaults;

	ConnectionAcquirer(Topology topology, Router router, NodePools pools, CausalReads reads,
			Supplier<Intent> readIntent, Limits limits, ConnectionListeners listeners, boolean rolesMayChange) {
		this.topology = topology;
		this.router = router;
		this.pools = pools;
		this.reads = reads;
		this.readIntent = readIntent;
		this.limits = limits;
		this.listeners = listeners;
		this.rolesMayChange = rolesMayChange;
	}

	/**
	 * Acquire a connection.
	 * @param readOnly whether the application has declared it read-only
	 * @param autoCommit the mode in which it is going to be used
	 * @return the connection
	 * @throws SQLException if no node can serve it
	 */
	Lease acquire(boolean readOnly, boolean autoCommit) throws SQLException {
		Intent intent = readOnly ? this.readIntent.get() : autoCommit ? Intent.AUTO_COMMIT : Intent.READ_WRITE;
		RequiredGtids required = (intent == Intent.READ_ONLY) ? this.reads.required() : RequiredGtids.NONE;
		boolean verified = required.isNone();
		Set<DatabaseNode> failed = Set.of();
		SQLException failure = null;
		long waitingSince = 0;
		while (true) {
			TopologySnapshot snapshot = this.topology.snapshot();
			Route route = this.router.route(intent, snapshot, failed, required);
			if (!verified && route.dependsOnRequiredGtids()) {
				// Only now does it matter whether the GTIDs from outside are genuine.
				required = this.reads.verify(snapshot);
				verified = true;
				continue;
			}
			if (route instanceof Route.Unroutable unroutable) {
				waitingSince = (waitingSince != 0) ? waitingSince : System.nanoTime();
				if (intent == Intent.READ_ONLY || !awaitPrimary(snapshot, waitingSince)) {
					throw new SQLTransientConnectionException(unroutable.message(), CANNOT_CONNECT, failure);
				}
				failed = Set.of();
				continue;
			}
			Route.Selected selected = (Route.Selected) route;
			try {
				Lease lease = connect(selected, autoCommit);
				if (lease != null) {
					return lease;
				}
				required = required.withoutWaiting();
			}
			catch (PrimaryFallbackLimitException ex) {
				throw ex;
			}
			catch (SQLException ex) {
				DatabaseNode node = selected.decision().node();
				this.listeners.failure().onFailure(node, ex);
				if (failure != null) {
					ex.addSuppressed(failure);
				}
				failure = ex;
				failed = new HashSet<>(failed);
				failed.add(node);
			}
		}
	}

	/**
	 * Wait for a snapshot that may have a primary.
	 * @return whether to choose again
	 */
	private boolean awaitPrimary(TopologySnapshot snapshot, long since) {
		Duration left = this.limits.primaryWait().minusNanos(System.nanoTime() - since);
		if (left.isNegative() || left.isZero()) {
			return false;
		}
		try {
			return this.topology.awaitChange(snapshot, left);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Take the permit that the route needs, and connect.
	 * @return {@code null} if the replica does not have the required GTIDs in time
	 */
	private @Nullable Lease connect(Route.Selected route, boolean autoCommit) throws SQLException {
		RoutingDecision decision = route.decision();
		PrimaryFallbackLimit fallbackLimit = this.limits.primaryFallback();
		if (decision.isPrimaryFallback() && !fallbackLimit.tryAcquire()) {
			throw new PrimaryFallbackLimitException(decision.node(), decision.reason(), fallbackLimit.limit());
		}
		return route.required().isNone() ? open(route, autoCommit, RequiredGtids.NONE) : openAndWait(route, autoCommit);
	}

	/**
	 * Open a connection while holding a permit to wait. Verified GTIDs will arrive, so
	 * the read queues for a permit. Unverified GTIDs, while the primary does not respond,
	 * may be forged: such a read waits only if a permit is free, and so does not keep
	 * others from waiting.
	 * @return {@code null} if there was no permit, or if the replica does not have the
	 * required GTIDs in time
	 */
	private @Nullable Lease openAndWait(Route.Selected route, boolean autoCommit) throws SQLException {
		DatabaseNode node = route.decision().node();
		long since = System.nanoTime();
		Duration timeout = route.required().timeout();
		WaitLimit waits = this.limits.waits();
		if (!waits.tryAcquire(node, this.reads.hasUnverified() ? Duration.ZERO : timeout)) {
			return null;
		}
		try {
			Duration left = timeout.minusNanos(System.nanoTime() - since);
			return (left.isNegative() || left.isZero()) ? null
					: open(route, autoCommit, new RequiredGtids(route.required().transactions(), left));
		}
		finally {
			waits.release(node);
		}
	}

	/** Borrow, wait, verify. */
	private @Nullable Lease open(Route.Selected route, boolean autoCommit, RequiredGtids required) throws SQLException {
		DatabaseNode node = route.decision().node();
		Lease lease = borrow(route);
		try {
			Connection connection = lease.connection();
			boolean roleUncertain = this.rolesMayChange && route.decision().isPrimaryFallback()
					&& this.reads.hasUnverified();
			if (roleUncertain || !required.isNone()) {
				// First, since the check and the wait are statements: a later change of
				// mode would be one more.
				connection.setAutoCommit(autoCommit);
			}
			if (roleUncertain) {
				requirePrimary(connection, node);
			}
			if (!required.isNone() && !this.reads.await(connection, node, required)) {
				lease.close();
				return null;
			}
			if (this.defaults == null) {
				this.defaults = ConnectionDefaults.of(connection);
			}
		}
		catch (SQLException | RuntimeException ex) {
			lease.close(ex);
			throw ex;
		}
		this.listeners.onRouted(route.decision());
		return lease;
	}

	private Lease borrow(Route.Selected route) throws SQLException {
		PrimaryFallbackLimit fallbackLimit = this.limits.primaryFallback();
		boolean borrowed = false;
		try {
			Lease lease = this.pools.lease(route.decision(), route.server(), fallbackLimit);
			borrowed = true;
			return lease;
		}
		finally {
			if (!borrowed && route.decision().isPrimaryFallback()) {
				fallbackLimit.release();
			}
		}
	}

	/**
	 * The snapshot may be out of date. To a read that depends on unverified GTIDs, a
	 * former primary would look like a server that has all of them.
	 */
	private void requirePrimary(Connection connection, DatabaseNode node) throws SQLException {
		if (Dialect.of(connection).isReadOnly(connection)) {
			SQLException failure = new SQLTransientConnectionException(
					"A read-only transaction depends on writes which no replica has yet, and " + node
							+ " is no longer the primary, which has them. Try again: the new primary is used as soon as it is known.",
					READ_ONLY);
			this.listeners.failure().onRefusedWrite(node, failure);
			throw failure;
		}
	}

	/**
	 * Borrow a connection for a query of the library's own, which is not reported to
	 * listeners.
	 */
	Connection borrowUnreported(Intent intent) throws SQLException {
		Route route = this.router.route(intent, this.topology.snapshot(), Set.of(), RequiredGtids.NONE);
		if (route instanceof Route.Unroutable unroutable) {
			throw new SQLTransientConnectionException(unroutable.message(), CANNOT_CONNECT);
		}
		return this.pools.borrow(((Route.Selected) route).decision().node());
	}

	/** Record what a read-only transaction that just ended may have seen. */
	void recordRead(Lease lease) throws SQLException {
		this.reads.recordRead(lease.connection(), lease.decision().node());
	}

	/** Whether the pool of the lease opens connections that are always read-only. */
	boolean isAlwaysReadOnly(Lease lease) {
		return !this.rolesMayChange && lease.isOnReplica();
	}

	TopologySnapshot snapshot() {
		return this.topology.snapshot();
	}

	/** The defaults of the first connection, {@code null} before there was one. */
	@Nullable ConnectionDefaults defaults() {
		return this.defaults;
	}

	@Override
	public String toString() {
		return this.pools.toString();
	}

	/**
	 * What bounds the acquisition of a connection.
	 *
	 * @param primaryFallback how many reads may fall back to the primary at a time
	 * @param waits how many reads may wait for a replica at a time
	 * @param primaryWait how long a write waits for a primary at most
	 */
	record Limits(PrimaryFallbackLimit primaryFallback, WaitLimit waits, Duration primaryWait) {

	}

}
