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
 * Finds out what a read depends on, and waits for it on the replica that was chosen.
 * Thread-safe.
 *
 * @param causality what the work at hand depends on
 * @param patience how long a read waits at most, both to verify a claim and for a replica
 * @param progress knows what the servers have executed
 */
public record CausalReads(ThreadLocalCausality causality, Duration patience, ExecutedGtids progress) {

	/** A job would rather begin later than not at all. */
	private static final Duration JOB_PATIENCE = Duration.ofSeconds(5);

	/**
	 * Let work begin with what the primary has executed by then, and let what the servers
	 * say settle what is remembered.
	 */
	public void listenTo(Topology topology) {
		this.causality.settledBy(topology);
		this.causality.askPrimaryBy(() -> this.progress.askPrimary(topology.snapshot().primary().node(), JOB_PATIENCE));
	}

	/**
	 * What the read at hand depends on.
	 */
	public RequiredGtids demand() {
		if (this.causality.consistency() == Consistency.EVENTUAL) {
			return RequiredGtids.NOTHING;
		}
		GtidSet transactions = this.causality.required();
		return transactions.isEmpty() ? RequiredGtids.NOTHING : new RequiredGtids(transactions, this.patience);
	}

	/**
	 * Reduce what came with the work to what the primary holds. The rest was made up, or
	 * got lost when the primary was restored: no replica will ever have it, and waiting
	 * for it would only occupy a connection.
	 */
	public RequiredGtids verifiedDemand(TopologySnapshot snapshot) {
		Dependencies dependencies = this.causality.dependencies();
		GtidSet claimed = dependencies.claimed();
		if (!claimed.isEmpty()) {
			NodeState primary = snapshot.primary();
			if (primary.executed().contains(claimed) || this.causality.wasCommittedHere(claimed)) {
				dependencies.verified(claimed, claimed);
			}
			else if (primary.isReachable()) {
				GtidSet executed = this.progress.askPrimary(primary.node(), this.patience);
				if (executed != null) {
					GtidSet held = claimed.retain(executed);
					if (!held.contains(claimed)) {
						this.causality.refuted();
					}
					dependencies.verified(claimed, held);
				}
			}
		}
		return demand();
	}

	/**
	 * Whether the read at hand depends on something that came with it and that nobody
	 * could verify.
	 */
	public boolean dependOnClaims() {
		return !this.causality.dependencies().claimed().isEmpty();
	}

	/**
	 * Wait on a replica's connection until the replica has executed what was demanded,
	 * but not as long as the driver waits for a response: it would take the server that
	 * lets it wait for one that is gone.
	 * @return whether it has
	 */
	public boolean await(Connection connection, DatabaseNode replica, RequiredGtids demand) throws SQLException {
		long began = System.nanoTime();
		boolean reached = false;
		announceSelect(connection);
		String query = demand.transactions().waitQuery(within(connection.getNetworkTimeout(), demand.patience()));
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			reached = row.next() && row.getInt(1) == 0 && !row.wasNull();
		}
		catch (SQLException ex) {
			if (!ConnectionFailureListener.isTimeOut(ex)) {
				throw ex;
			}
		}
		this.causality.waited(replica, Duration.ofNanos(System.nanoTime() - began), reached);
		if (reached) {
			this.progress.tell(replica, server(connection), demand.transactions());
		}
		return reached;
	}

	/**
	 * Three quarters of the driver's time, so that the server's answer is there before.
	 * @param milliseconds how long the driver waits, zero for any time
	 */
	static Duration within(int milliseconds, Duration patience) {
		Duration longest = Duration.ofMillis(Math.max(milliseconds * 3L / 4, 1));
		return (milliseconds > 0 && longest.compareTo(patience) < 0) ? longest : patience;
	}

	/**
	 * Note what a transaction that just ended may have seen, if time must not run
	 * backwards. Asks after the transaction, since a server shows a change a moment
	 * before it counts it as executed.
	 */
	public void noteSeen(@Nullable Connection connection, DatabaseNode node) throws SQLException {
		if (this.causality.consistency() != Consistency.SESSION || connection == null) {
			return;
		}
		Dialect dialect = Dialect.of(connection);
		announceSelect(connection);
		GtidSet executed = dialect.executed(connection);
		this.causality.seen(executed);
		this.progress.tell(node, server(connection), executed);
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
