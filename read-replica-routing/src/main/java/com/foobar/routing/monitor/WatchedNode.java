package com.foobar.routing.monitor;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.Standing;
import com.foobar.routing.monitor.Election.Voice;
import org.jspecify.annotations.Nullable;

/**
 * A server and what has been seen of it. What has no guard of its own is guarded by the
 * monitor's lock.
 */
final class WatchedNode {

	private static final NodeStatus DRAINED = new Ineligible(Cause.DRAINED, "drained by an operator");

	final String name;

	final Probe probe;

	/** The look that is under way, or the last one. Atomic. */
	final AtomicReference<Look> look = new AtomicReference<>(Look.NONE);

	/** What the next look beyond the schedule shall be for. Atomic. */
	final AtomicReference<Look.@Nullable Purpose> wanted = new AtomicReference<>();

	/** Whether a probe of it has ever ended. Atomic. */
	final AtomicBoolean probed = new AtomicBoolean();

	Role role;

	Hysteresis history = Hysteresis.START;

	/**
	 * What its pool met when it could not open a connection, until it can; matters while
	 * the node is a replica. Written with the monitor's lock.
	 */
	volatile @Nullable Ineligible poolFailure;

	/** Why it may not be the primary although it looks well. */
	@Nullable Ineligible veto;

	volatile Observation lastSeen = new Observation.Refused("not asked yet");

	/** What it has executed at least, also by what readers have learnt. Atomic. */
	private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(GtidSet.NONE, null));

	boolean drained;

	private long asked = Look.NONE.began();

	private long claimedSince;

	WatchedNode(DatabaseNode node, Probe probe) {
		this.name = node.name();
		this.role = node.role();
		this.probe = probe;
	}

	Look current() {
		return Objects.requireNonNull(this.look.get());
	}

	DatabaseNode node() {
		return new DatabaseNode(this.name, this.role);
	}

	void heard(Observation observation, long asked) {
		boolean claimed = this.lastSeen.standing() == Standing.CLAIMS;
		this.lastSeen = observation;
		this.asked = asked;
		if (observation.standing() == Standing.CLAIMS && !claimed) {
			this.claimedSince = System.nanoTime();
		}
		GtidSet executed = observation.executed();
		if (executed != null) {
			this.progress.set(new Progress(executed, this.probe.server()));
		}
	}

	/**
	 * Take into account what a reader has learnt. Needs no lock.
	 * @param server the identity of the server that the reader was connected to,
	 * {@code null} if it has not told; what another one has executed is ignored
	 */
	void learnt(@Nullable String server, GtidSet transactions) {
		this.progress.updateAndGet((known) -> known.plus(server, transactions));
	}

	GtidSet executed() {
		return progress().executed();
	}

	private Progress progress() {
		return Objects.requireNonNull(this.progress.get());
	}

	/** When it was last asked, by {@link System#nanoTime()}. */
	long asked() {
		return this.asked;
	}

	Voice voice() {
		Standing standing = (this.asked != Look.NONE.began()) ? this.lastSeen.standing() : Standing.UNKNOWN;
		return new Voice(this.name, standing, this.asked, this.claimedSince);
	}

	NodeState state() {
		Progress progress = progress();
		return new NodeState(node(), status(), progress.executed(), progress.server());
	}

	/**
	 * The given state with what has been learnt since. Needs no lock.
	 */
	NodeState refresh(NodeState state) {
		Progress progress = progress();
		return new NodeState(state.node(), state.status(), progress.executed(), progress.server());
	}

	/**
	 * What a server has executed.
	 *
	 * @param executed the transactions, or some of them
	 * @param server which server it is, {@code null} if it has not told
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
