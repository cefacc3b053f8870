package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.PrimaryFallbackLimitException;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologyChanges;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.CausalReads;
import com.foobar.routing.consistency.RequiredGtids;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.physical.NodeFailureListener;
import com.foobar.routing.router.Intent;
import com.foobar.routing.router.Route;
import com.foobar.routing.router.Router;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Borrows a connection from the pool of the node that may serve it, going on to the next
 * node when one cannot be connected to, and waiting where that was asked for: a read for
 * what it depends on, a write for a primary. Thread-safe.
 */
final class ConnectionAcquirer {

	private static final Log logger = LogFactory.getLog(RoutingDataSource.class);

	private static final String CANNOT_CONNECT = "08001";

	/** Not a loss of the connection. */
	private static final String READ_ONLY = "25006";

	private final Map<String, DataSource> pools;

	private final Topology topology;

	private final Router router;

	private final PrimaryFallbackLimit spill;

	private final List<RoutingListener> listeners;

	private final NodeFailureListener failureListener;

	private final CausalReads reads;

	private final WaitLimit waitLimit;

	private final Duration primaryWait;

	private final @Nullable TopologyChanges changes;

	private final boolean rolesMayChange;

	private final ServerIdentityCheck judged = new ServerIdentityCheck();

	private volatile @Nullable ConnectionDefaults defaults;

	ConnectionAcquirer(RoutingDataSource.Builder builder) {
		this.pools = Map.copyOf(builder.pools);
		this.topology = builder.topology;
		this.router = new Router(builder.selector, builder.primaryServesReads);
		this.spill = builder.spill;
		this.listeners = List.copyOf(builder.listeners);
		this.failureListener = builder.failureListener;
		this.reads = builder.reads;
		this.waitLimit = builder.waitLimit;
		this.primaryWait = builder.primaryWait;
		this.changes = builder.changes;
		this.rolesMayChange = !builder.replicasAreReadOnly;
	}

	/**
	 * Decide and borrow, going on to the next node when one cannot be connected to.
	 * @param intent what the connection is for
	 * @param autoCommit the mode in which it is going to be used
	 */
	Borrowed borrow(Intent intent, boolean autoCommit) throws SQLException {
		Set<DatabaseNode> failed = Set.of();
		SQLException failure = null;
		RequiredGtids demand = (intent == Intent.READ_ONLY) ? this.reads.demand() : RequiredGtids.NOTHING;
		boolean verified = false;
		long waitingSince = 0;
		while (true) {
			TopologySnapshot snapshot = this.topology.snapshot();
			Route route = this.router.route(intent, snapshot, failed, demand);
			if (!verified && dependsOnAClaim(route)) {
				demand = this.reads.verifiedDemand(snapshot);
				verified = true;
				continue;
			}
			if (route instanceof Route.Nowhere nowhere) {
				if (intent != Intent.READ_ONLY) {
					waitingSince = (waitingSince != 0) ? waitingSince : System.nanoTime();
					if (awaitPrimary(snapshot, waitingSince)) {
						failed = Set.of();
						continue;
					}
				}
				throw new SQLTransientConnectionException(nowhere.message(), CANNOT_CONNECT, failure);
			}
			Route.To to = (Route.To) route;
			DatabaseNode node = to.decision().node();
			try {
				Borrowed borrowed = borrow(to, autoCommit);
				if (borrowed != null) {
					return borrowed;
				}
				demand = demand.withoutWaiting();
			}
			catch (PrimaryFallbackLimitException ex) {
				throw ex;
			}
			catch (SQLException ex) {
				this.failureListener.onFailure(node, ex);
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
	 * Wait until more is known than that there is no primary.
	 * @return whether it is worth deciding again
	 */
	private boolean awaitPrimary(TopologySnapshot snapshot, long since) {
		Duration left = this.primaryWait.minusNanos(System.nanoTime() - since);
		if (this.changes == null || left.isNegative() || left.isZero()) {
			return false;
		}
		try {
			return this.changes.awaitChange(snapshot, left);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Only then does it matter whether what came with the work is true. */
	private static boolean dependsOnAClaim(Route route) {
		return route instanceof Route.To to
				&& (to.decision().reason() == Reason.CAUGHT_UP || to.decision().reason() == Reason.NOT_CAUGHT_UP);
	}

	/**
	 * Borrow, and wait if the route says so.
	 * @return {@code null} if the replica did not get so far in time
	 */
	private @Nullable Borrowed borrow(Route.To route, boolean autoCommit) throws SQLException {
		DatabaseNode node = route.decision().node();
		boolean spilled = route.decision().isPrimaryFallback();
		if (spilled && !this.spill.enter()) {
			throw new PrimaryFallbackLimitException(node, route.decision().reason(), this.spill.limit());
		}
		boolean borrowed = false;
		try {
			Connection connection = route.demand().isNothing() ? open(route, node, autoCommit, RequiredGtids.NOTHING)
					: openAndWait(route, node, autoCommit);
			borrowed = connection != null;
			return (connection != null) ? new Borrowed(connection, route.decision()) : null;
		}
		finally {
			if (spilled && !borrowed) {
				this.spill.leave();
			}
		}
	}

	/**
	 * Called once for each connection that was borrowed, when it goes back.
	 */
	void returned(RoutingDecision decision) {
		if (decision.isPrimaryFallback()) {
			this.spill.leave();
		}
	}

	/**
	 * What is known to be true will come, and is worth standing in line for. A claim that
	 * nobody could verify, since the primary does not answer, may wait where there is
	 * room and must not keep others from it.
	 * @return {@code null} if there was no room, or if the replica did not get so far
	 */
	private @Nullable Connection openAndWait(Route.To route, DatabaseNode node, boolean autoCommit)
			throws SQLException {
		long since = System.nanoTime();
		Duration patience = route.demand().patience();
		if (!this.waitLimit.enter(node, this.reads.dependOnClaims() ? Duration.ZERO : patience)) {
			return null;
		}
		try {
			Duration left = patience.minusNanos(System.nanoTime() - since);
			return (left.isNegative() || left.isZero()) ? null
					: open(route, node, autoCommit, new RequiredGtids(route.demand().transactions(), left));
		}
		finally {
			this.waitLimit.leave(node);
		}
	}

	private @Nullable Connection open(Route.To route, DatabaseNode node, boolean autoCommit, RequiredGtids demand)
			throws SQLException {
		Connection connection = this.judged.take(pool(node), node, route.server());
		try {
			boolean uncertain = this.rolesMayChange && route.decision().isPrimaryFallback()
					&& this.reads.dependOnClaims();
			if (uncertain || !demand.isNothing()) {
				// The mode first: what asks and what waits are statements, and a later
				// change of mode would be one more.
				connection.setAutoCommit(autoCommit);
			}
			if (uncertain) {
				requirePrimary(connection, node);
			}
			if (!demand.isNothing() && !this.reads.await(connection, node, demand)) {
				connection.close();
				return null;
			}
			if (this.defaults == null) {
				this.defaults = ConnectionDefaults.of(connection);
			}
		}
		catch (SQLException | RuntimeException ex) {
			LazyConnection.close(connection, ex);
			throw ex;
		}
		tell(route.decision());
		return connection;
	}

	/**
	 * What is known of the servers may be a moment old. To a read that depends on what
	 * nobody could verify, a former primary would look like one that has everything.
	 */
	private void requirePrimary(Connection connection, DatabaseNode node) throws SQLException {
		if (Dialect.of(connection).isReadOnly(connection)) {
			SQLException failure = new SQLTransientConnectionException(
					"A read-only transaction depends on writes which no replica has yet, and " + node
							+ " is no longer the primary, which has them. Try again: the new one is used as soon as it is known.",
					READ_ONLY);
			this.failureListener.onRefusedWrite(node, failure);
			throw failure;
		}
	}

	private void tell(RoutingDecision decision) {
		for (RoutingListener listener : this.listeners) {
			try {
				listener.onRouted(decision);
			}
			catch (RuntimeException ex) {
				logger.warn("A routing listener failed; the statement goes on: " + listener, ex);
			}
		}
	}

	/** The pool belongs to the server, whatever its role is now. */
	private DataSource pool(DatabaseNode node) {
		return Objects.requireNonNull(this.pools.get(node.name()),
				() -> "No pool was given for " + node + ", which the topology names");
	}

	/**
	 * Borrow for a question of our own, which is no decision that anybody need hear of.
	 */
	Borrowed borrowSilently(Intent intent) throws SQLException {
		Route route = this.router.route(intent, this.topology.snapshot(), Set.of(), RequiredGtids.NOTHING);
		if (route instanceof Route.To to) {
			return new Borrowed(pool(to.decision().node()).getConnection(), to.decision());
		}
		throw new SQLTransientConnectionException(((Route.Nowhere) route).message(), CANNOT_CONNECT);
	}

	/**
	 * What the first connection said about itself, {@code null} if none was borrowed yet.
	 */
	@Nullable ConnectionDefaults defaults() {
		return this.defaults;
	}

	@Override
	public String toString() {
		return this.pools.keySet().toString();
	}

	/**
	 * A connection of a pool and why it was taken there.
	 */
	record Borrowed(Connection connection, RoutingDecision decision) {

	}

}
