package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.PrimaryHistory;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.Standing;
import com.foobar.routing.monitor.Election.Verdict;
import com.foobar.routing.monitor.Look.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all servers: takes each look into account and makes snapshots of the
 * result. Whoever uses it holds its lock, but for the servers themselves, which are
 * always the same.
 */
final class Cluster {

	private final List<WatchedNode> nodes;

	private final Map<String, WatchedNode> byName;

	private final MonitorSettings settings;

	private final Eligibility eligibility;

	private WatchedNode primary;

	private ErrantTransactions errant = ErrantTransactions.NONE;

	private @Nullable PrimaryHistory history;

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

	/** The server of that name, in whatever role it is now. */
	WatchedNode node(DatabaseNode node) {
		WatchedNode watched = this.byName.get(node.name());
		if (watched == null) {
			throw new IllegalArgumentException(node + " is not watched");
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
	 * Take a look into account.
	 * @return the servers to look at again before it is clear who is the primary
	 */
	List<WatchedNode> record(WatchedNode watched, Look look, Observation observation) {
		watched.heard(observation, look.began());
		GtidSet executed = observation.executed();
		if (watched == this.primary && executed != null) {
			this.progress.seen(executed, System.nanoTime());
		}
		List<WatchedNode> outdated = List.of();
		if (this.settings.discovery() != PrimaryDiscovery.STATIC) {
			outdated = discover();
		}
		watched.history = next(watched, look.purpose());
		if (watched == this.primary) {
			settle(look, observation);
		}
		return outdated;
	}

	/** The word of a server that may not be the primary settles nothing. */
	private void settle(Look look, Observation observation) {
		GtidSet executed = observation.executed();
		boolean claims = this.settings.discovery() == PrimaryDiscovery.STATIC
				|| observation.standing() == Standing.CLAIMS;
		if (executed == null || !claims || !observation.isSettled() || this.primary.veto != null) {
			return;
		}
		GtidSet missing = GtidSet.NONE;
		for (WatchedNode watched : this.nodes) {
			if (!executed.contains(watched.executed())) {
				missing = missing.plus(watched.executed().minus(executed));
			}
		}
		this.errant = this.errant.next(missing, look.began());
		this.history = new PrimaryHistory(executed, look.began(), this.errant.transactions());
	}

	private Hysteresis next(WatchedNode watched, Purpose purpose) {
		NodeStatus seen = judge(watched);
		boolean primary = watched == this.primary;
		// The primary has no stand-in, so the first good look takes it back.
		int rise = primary ? 1 : this.settings.rise();
		if (purpose == Purpose.SCHEDULED || (primary && seen instanceof NodeStatus.Eligible)) {
			return watched.history.next(seen, rise, this.settings.fall());
		}
		boolean confirms = purpose == Purpose.CONFIRMATION && seen instanceof Ineligible ineligible
				&& (ineligible.cause() == Cause.UNREACHABLE || ineligible.cause() == Cause.READ_ONLY);
		return confirms ? watched.history.confirmed((Ineligible) seen) : watched.history;
	}

	private NodeStatus judge(WatchedNode watched) {
		boolean primaryLost = this.primary.lastSeen instanceof Observation.Unreachable;
		boolean replica = watched.role == Role.REPLICA;
		Duration behind = (replica && !primaryLost) ? this.progress.behind(watched.executed(), watched.asked())
				: Duration.ZERO;
		NodeStatus seen = this.eligibility.judge(watched.lastSeen.as(watched.role), primaryLost, behind);
		Ineligible poolFailure = watched.poolFailure;
		return (replica && seen instanceof NodeStatus.Eligible && poolFailure != null) ? poolFailure : seen;
	}

	private List<WatchedNode> discover() {
		Verdict verdict = Election.decide(this.primary.name, this.nodes.stream().map(WatchedNode::voice).toList());
		if (verdict instanceof Verdict.Unsettled unsettled) {
			List<WatchedNode> outdated = new ArrayList<>();
			unsettled.outdated().forEach((name) -> outdated.add(named(name)));
			return outdated;
		}
		this.primary.veto = null;
		if (verdict instanceof Verdict.Elected elected) {
			WatchedNode now = named(elected.name());
			if (now != this.primary) {
				change(now);
			}
		}
		else if (verdict instanceof Verdict.Split split) {
			this.primary.veto = new Ineligible(Cause.SPLIT_BRAIN,
					"contested: " + String.join(" and ", split.names()) + " all say that they take writes, and "
							+ "writing to both would split the data. Make all but one of them read-only");
		}
		else if (verdict instanceof Verdict.Disputed disputed) {
			this.primary.veto = new Ineligible(Cause.SPLIT_BRAIN,
					"contested: " + disputed.claimant() + " says that it takes writes, while " + this.primary.name
							+ ", the primary so far, does not let itself be asked: " + judge(this.primary));
		}
		else if (this.primary.lastSeen.standing() == Standing.DENIES) {
			this.primary.veto = new Ineligible(Cause.NO_PRIMARY,
					"no longer the primary, and no other server is: none of those that answer takes writes");
		}
		return List.of();
	}

	private void change(WatchedNode now) {
		WatchedNode before = this.primary;
		this.primary = now;
		this.progress = new PrimaryProgress();
		before.role = Role.REPLICA;
		now.role = Role.PRIMARY;
		now.history = Hysteresis.from(judge(now));
		NodeStatus seen = judge(before);
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
