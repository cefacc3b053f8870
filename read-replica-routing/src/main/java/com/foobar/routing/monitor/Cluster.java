package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.ClaimState;
import com.foobar.routing.monitor.Election.Verdict;
import com.foobar.routing.monitor.ProbeRun.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * The state of all servers: records the result of each probe and creates snapshots.
 * Callers hold its lock, except for the list of servers, which never changes.
 */
final class Cluster {

	private final List<WatchedNode> nodes;

	private final Map<String, WatchedNode> byName;

	private final MonitorSettings settings;

	private final Eligibility eligibility;

	private WatchedNode primary;

	private ErrantTransactions errant = ErrantTransactions.NONE;

	private @Nullable PrimaryGtids history;

	private PrimaryProgress progress = new PrimaryProgress();

	Cluster(List<WatchedNode> nodes, MonitorSettings settings) {
		this.nodes = List.copyOf(nodes);
		this.byName = nodes.stream().collect(Collectors.toMap((node) -> node.name, (node) -> node));
		this.settings = settings;
		this.eligibility = new Eligibility(settings.maxLag());
		this.primary = nodes.get(0);
	}

	List<WatchedNode> nodes() {
		return this.nodes;
	}

	/** The server of that name, in its current role. */
	WatchedNode node(DatabaseNode node) {
		WatchedNode watched = this.byName.get(node.name());
		if (watched == null) {
			throw new IllegalArgumentException(node + " is not monitored");
		}
		return watched;
	}

	private WatchedNode named(String name) {
		return Objects.requireNonNull(this.byName.get(name));
	}

	WatchedNode replica(String name) {
		WatchedNode watched = this.byName.get(name);
		if (watched == null || watched.role != Role.REPLICA) {
			throw new IllegalArgumentException("There is no replica " + name);
		}
		return watched;
	}

	/**
	 * Record the result of a probe.
	 * @return the servers to probe again before the primary can be determined
	 */
	List<WatchedNode> record(WatchedNode watched, ProbeRun run, Observation observation) {
		watched.observed(observation, run.started());
		GtidSet executed = observation.executed();
		if (watched == this.primary && executed != null) {
			this.progress.record(executed, System.nanoTime());
		}
		List<WatchedNode> outdated = List.of();
		if (this.settings.discovery() != PrimaryDiscovery.STATIC) {
			outdated = discover();
		}
		watched.history = next(watched, run.purpose());
		if (watched == this.primary) {
			updateHistory(run, observation);
		}
		return outdated;
	}

	/** The history is taken from the primary only, and only while its role is certain. */
	private void updateHistory(ProbeRun run, Observation observation) {
		GtidSet executed = observation.executed();
		boolean claims = this.settings.discovery() == PrimaryDiscovery.STATIC
				|| observation.claim() == ClaimState.CLAIMS;
		if (executed == null || !claims || !observation.isSettled() || this.primary.veto != null) {
			return;
		}
		GtidSet missing = GtidSet.NONE;
		for (WatchedNode watched : this.nodes) {
			if (!executed.contains(watched.executed())) {
				missing = missing.plus(watched.executed().minus(executed));
			}
		}
		this.errant = this.errant.next(missing, run.started());
		this.history = new PrimaryGtids(executed, run.started(), this.errant.transactions());
	}

	private Hysteresis next(WatchedNode watched, Purpose purpose) {
		NodeStatus seen = evaluate(watched);
		boolean primary = watched == this.primary;
		// No other server can take the primary's place, so one good probe suffices.
		int rise = primary ? 1 : this.settings.rise();
		if (purpose == Purpose.SCHEDULED || (primary && seen instanceof NodeStatus.Eligible)) {
			return watched.history.next(seen, rise, this.settings.fall());
		}
		boolean confirms = purpose == Purpose.CONFIRMATION && seen instanceof Ineligible ineligible
				&& (ineligible.cause() == Cause.UNREACHABLE || ineligible.cause() == Cause.READ_ONLY);
		return confirms ? watched.history.confirmed((Ineligible) seen) : watched.history;
	}

	private NodeStatus evaluate(WatchedNode watched) {
		boolean primaryLost = this.primary.lastSeen instanceof Observation.Unreachable;
		boolean replica = watched.role == Role.REPLICA;
		Duration behind = (replica && !primaryLost) ? this.progress.behind(watched.executed(), watched.lastStarted())
				: Duration.ZERO;
		NodeStatus seen = this.eligibility.evaluate(watched.lastSeen.as(watched.role), primaryLost, behind);
		Ineligible poolFailure = watched.poolFailure;
		return (replica && seen instanceof NodeStatus.Eligible && poolFailure != null) ? poolFailure : seen;
	}

	private List<WatchedNode> discover() {
		Verdict verdict = Election.decide(this.primary.name, this.nodes.stream().map(WatchedNode::claim).toList());
		if (verdict instanceof Verdict.Unsettled unsettled) {
			List<WatchedNode> outdated = new ArrayList<>();
			unsettled.outdated().forEach((name) -> outdated.add(named(name)));
			return outdated;
		}
		this.primary.veto = null;
		if (verdict instanceof Verdict.Elected elected) {
			WatchedNode now = named(elected.name());
			if (now != this.primary) {
				promote(now);
			}
		}
		else if (verdict instanceof Verdict.Split split) {
			this.primary.veto = new Ineligible(Cause.SPLIT_BRAIN, "contested: " + String.join(" and ", split.names())
					+ " all accept writes, and writing to both would split the data. Make all but one of them read-only");
		}
		else if (verdict instanceof Verdict.Disputed disputed) {
			this.primary.veto = new Ineligible(Cause.SPLIT_BRAIN,
					"contested: " + disputed.claimant() + " accepts writes, while the state of " + this.primary.name
							+ ", the primary so far, cannot be read: " + evaluate(this.primary));
		}
		else if (this.primary.lastSeen.claim() == ClaimState.DENIES) {
			this.primary.veto = new Ineligible(Cause.NO_PRIMARY,
					"no longer the primary, and no other server is: none of those that respond accepts writes");
		}
		return List.of();
	}

	private void promote(WatchedNode now) {
		WatchedNode before = this.primary;
		this.primary = now;
		this.progress = new PrimaryProgress();
		before.role = Role.REPLICA;
		now.role = Role.PRIMARY;
		now.history = Hysteresis.from(evaluate(now));
		NodeStatus seen = evaluate(before);
		before.history = Hysteresis
			.from((seen instanceof Ineligible) ? seen : new Ineligible(Cause.RECOVERING, "was the primary until now"));
	}

	TopologySnapshot snapshot() {
		List<NodeState> replicas = new ArrayList<>(this.nodes.size() - 1);
		for (WatchedNode watched : this.nodes) {
			if (watched != this.primary) {
				replicas.add(watched.state());
			}
		}
		return new TopologySnapshot(this.primary.state(), replicas, this.history);
	}

}
