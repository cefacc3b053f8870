package com.foobar.routing.consistency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.physical.ConnectionFailureListener;
import com.foobar.routing.physical.PhysicalConnection;
import org.jspecify.annotations.Nullable;

/**
 * Determines the GTIDs that a read requires, and waits for them on the selected replica.
 * Thread-safe.
 *
 * @param causality tracks what the current work depends on
 * @param timeout how long a read waits at most, for the verification of GTIDs and for a
 * replica
 * @param executed what the servers have executed
 */
public record CausalReads(ThreadLocalCausality causality, Duration timeout, ExecutedGtids executed) {

	/** A job prefers a late start to none. */
	private static final Duration JOB_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Connect the causality to the servers: snapshots settle what it remembers, and work
	 * can start with what the primary has executed.
	 * @param topology the state of the servers
	 */
	public void listenTo(Topology topology) {
		this.causality.attach(topology,
				() -> this.executed.queryPrimary(topology.snapshot().primary().node(), JOB_TIMEOUT));
	}

	/**
	 * Return what the current read requires.
	 * @return the GTIDs
	 */
	public RequiredGtids required() {
		return (this.causality.consistency() != Consistency.EVENTUAL) ? this.causality.required(this.timeout)
				: RequiredGtids.NONE;
	}

	/**
	 * Reduce unverified GTIDs to those that the primary has. The others are forged, or
	 * were lost when the primary was restored: no replica will ever have them, and
	 * waiting for them would only occupy a connection.
	 * @param snapshot the state of the servers
	 * @return what the current read requires now
	 */
	public RequiredGtids verify(TopologySnapshot snapshot) {
		Dependencies dependencies = this.causality.dependencies();
		GtidSet unverified = dependencies.unverified();
		if (!unverified.isEmpty()) {
			NodeState primary = snapshot.primary();
			if (primary.executed().contains(unverified) || this.causality.wasCommittedHere(unverified)) {
				dependencies.verified(unverified, unverified);
			}
			else if (primary.isReachable()) {
				GtidSet executed = this.executed.queryPrimary(primary.node(), this.timeout);
				if (executed != null) {
					GtidSet genuine = unverified.retain(executed);
					if (!genuine.contains(unverified)) {
						this.causality.countUnknown();
					}
					dependencies.verified(unverified, genuine);
				}
			}
		}
		return required();
	}

	/**
	 * Return whether the current read depends on GTIDs from outside that could not be
	 * verified.
	 * @return whether there are any
	 */
	public boolean hasUnverified() {
		return !this.causality.dependencies().unverified().isEmpty();
	}

	/**
	 * Wait on a replica's connection until the replica has executed the required GTIDs.
	 * Ends before the driver's socket timeout, at which the driver would take the server
	 * for dead.
	 * @param connection the connection
	 * @param replica the replica
	 * @param required the GTIDs, and how long to wait
	 * @return whether the replica has executed them in time
	 * @throws SQLException if the wait failed otherwise
	 */
	public boolean await(Connection connection, DatabaseNode replica, RequiredGtids required) throws SQLException {
		long started = System.nanoTime();
		boolean reached = false;
		announceSelect(connection);
		String query = required.transactions().waitQuery(within(connection.getNetworkTimeout(), required.timeout()));
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			reached = row.next() && row.getInt(1) == 0 && !row.wasNull();
		}
		catch (SQLException ex) {
			if (!ConnectionFailureListener.isTimeout(ex)) {
				throw ex;
			}
		}
		this.causality.onWaited(replica, Duration.ofNanos(System.nanoTime() - started), reached);
		if (reached) {
			this.executed.record(replica, server(connection), required.transactions());
		}
		return reached;
	}

	/**
	 * Limit a timeout to three quarters of the driver's, so that the response arrives
	 * before.
	 * @param milliseconds the driver's socket timeout, zero for none
	 */
	static Duration within(int milliseconds, Duration timeout) {
		Duration longest = Duration.ofMillis(Math.max(milliseconds * 3L / 4, 1));
		return (milliseconds > 0 && longest.compareTo(timeout) < 0) ? longest : timeout;
	}

	/**
	 * Record what a transaction that just ended may have seen, if reads must be
	 * monotonic. The query follows the transaction, since a server shows a change shortly
	 * before it counts it as executed.
	 * @param connection the connection of the transaction
	 * @param node the node that it leads to
	 * @throws SQLException if the query failed
	 */
	public void recordRead(Connection connection, DatabaseNode node) throws SQLException {
		if (this.causality.consistency() != Consistency.SESSION) {
			return;
		}
		Dialect dialect = Dialect.of(connection);
		announceSelect(connection);
		GtidSet executed = dialect.executed(connection);
		this.causality.observed(executed);
		this.executed.record(node, server(connection), executed);
	}

	private static @Nullable String server(Connection connection) throws SQLException {
		PhysicalConnection physical = PhysicalConnection.below(connection);
		return (physical != null) ? physical.server() : null;
	}

	private static void announceSelect(Connection connection) throws SQLException {
		PhysicalConnection physical = PhysicalConnection.below(connection);
		if (physical != null) {
			physical.announceSelect();
		}
	}

}
