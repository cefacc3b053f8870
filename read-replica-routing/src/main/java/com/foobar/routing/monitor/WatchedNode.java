package com.foobar.routing.monitor;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.ClaimState;
import com.foobar.routing.monitor.Election.PrimaryClaim;
import org.jspecify.annotations.Nullable;

/**
 * A server and its last observations. Guarded by the lock of the cluster, except where
 * noted.
 */
final class WatchedNode {

	private static final NodeStatus DRAINED = new Ineligible(Cause.DRAINED, "drained by an operator");

	final String name;

	final Probe probe;

	/** The running probe, or the last one. Atomic. */
	final AtomicReference<ProbeRun> current = new AtomicReference<>(ProbeRun.NONE);

	/** Why a further probe is requested. Atomic. */
	final AtomicReference<ProbeRun.@Nullable Purpose> requested = new AtomicReference<>();

	/** Whether a probe of it has ever ended. Atomic. */
	final AtomicBoolean probed = new AtomicBoolean();

	Role role;

	Hysteresis history = Hysteresis.START;

	/**
	 * Why its pool could not open a connection, until it can again. Matters while the
	 * node is a replica. Written with the lock.
	 */
	volatile @Nullable Ineligible poolFailure;

	/** Why it must not act as the primary although it is healthy. */
	@Nullable Ineligible veto;

	volatile Observation lastSeen = new Observation.Refused("not probed yet");

	/** Transactions that it has executed, according to probes and readers. Atomic. */
	private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(GtidSet.NONE, null));

	boolean drained;

	private long lastStarted = ProbeRun.NONE.started();

	private long claimedSince;

	WatchedNode(DatabaseNode node, Probe probe) {
		this.name = node.name();
		this.role = node.role();
		this.probe = probe;
	}

	ProbeRun current() {
		return Objects.requireNonNull(this.current.get());
	}

	DatabaseNode node() {
		return new DatabaseNode(this.name, this.role);
	}

	void observed(Observation observation, long started) {
		boolean claimed = this.lastSeen.claim() == ClaimState.CLAIMS;
		this.lastSeen = observation;
		this.lastStarted = started;
		if (observation.claim() == ClaimState.CLAIMS && !claimed) {
			this.claimedSince = System.nanoTime();
		}
		GtidSet executed = observation.executed();
		if (executed != null) {
			this.progress.set(new Progress(executed, this.probe.server()));
		}
	}

	/**
	 * Record transactions that a reader found executed. Needs no lock.
	 * @param server the identity of the server that the reader was connected to,
	 * {@code null} if unknown; transactions of another server are ignored
	 */
	void addExecuted(@Nullable String server, GtidSet transactions) {
		this.progress.updateAndGet((known) -> known.plus(server, transactions));
	}

	GtidSet executed() {
		return progress().executed();
	}

	private Progress progress() {
		return Objects.requireNonNull(this.progress.get());
	}

	/** When the last probe started, by {@link System#nanoTime()}. */
	long lastStarted() {
		return this.lastStarted;
	}

	PrimaryClaim claim() {
		ClaimState claim = (this.lastStarted != ProbeRun.NONE.started()) ? this.lastSeen.claim() : ClaimState.UNKNOWN;
		return new PrimaryClaim(this.name, claim, this.lastStarted, this.claimedSince);
	}

	NodeState state() {
		Progress progress = progress();
		return new NodeState(node(), status(), progress.executed(), progress.server());
	}

	/**
	 * The given state with the newest transactions. Needs no lock.
	 */
	NodeState refresh(NodeState state) {
		Progress progress = progress();
		return new NodeState(state.node(), state.status(), progress.executed(), progress.server());
	}

	/**
	 * The transactions that a server has executed.
	 *
	 * @param executed the transactions, or some of them
	 * @param server the identity of the server, {@code null} if unknown
	 */
	private record Progress(GtidSet executed, @Nullable String server) {

		Progress plus(@Nullable String server, GtidSet transactions) {
			boolean another = server != null && this.server != null && !server.equals(this.server);
			return (another || this.executed.contains(transactions)) ? this
					: new Progress(this.executed.plus(transactions), this.server);
		}

	}

	private NodeStatus status() {
		if (this.veto != null) {
			return this.veto;
		}
		return (this.drained && this.role == Role.REPLICA) ? DRAINED : this.history.published();
	}

}
