package com.foobar.routing.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.RequiredGtids;

/**
 * Answers "which node for this intent?" from a snapshot alone. Takes no time, opens
 * nothing, and apart from the selector's turn remembers nothing. Thread-safe.
 */
public final class Router {

	private final ReplicaSelector selector;

	private final boolean primaryServesReads;

	/**
	 * Create a router.
	 * @param selector chooses among eligible replicas
	 * @param primaryServesReads whether a read-only transaction may run on the primary
	 * when no replica is eligible
	 */
	public Router(ReplicaSelector selector, boolean primaryServesReads) {
		this.selector = selector;
		this.primaryServesReads = primaryServesReads;
	}

	/**
	 * Decide.
	 * @param intent what the connection is for
	 * @param snapshot what is known of the servers
	 * @param failed nodes on which this very connection could not be opened
	 * @param demand what a replica must have executed to be chosen
	 * @return the node, or why there is none
	 */
	public Route route(Intent intent, TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids demand) {
		return switch (intent) {
			case READ_ONLY -> routeRead(snapshot, failed, demand);
			case REPOSITORY_READ -> toPrimary(snapshot, failed, demand, Reason.REPOSITORY_READ,
					"A repository's read outside a transaction of the application (annotate the caller with @Transactional(readOnly = true) if it writes nothing back)");
			case UNSAFE_REQUEST -> toPrimary(snapshot, failed, demand, Reason.UNSAFE_REQUEST,
					"A read-only transaction in a request that may write");
			case READ_WRITE -> toPrimary(snapshot, failed, demand, Reason.READ_WRITE, "A transaction that may write");
			case AUTO_COMMIT ->
				toPrimary(snapshot, failed, demand, Reason.AUTO_COMMIT, "A statement outside a transaction");
		};
	}

	private Route routeRead(TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids demand) {
		List<NodeState> eligible = filter(snapshot.replicas(),
				(replica) -> replica.isEligible() && !failed.contains(replica.node()));
		if (!eligible.isEmpty()) {
			return demand.isNothing() ? to(this.selector.select(eligible), Reason.READ_ONLY, demand)
					: routeDependentRead(snapshot, eligible, failed, demand);
		}
		if (this.primaryServesReads) {
			return toPrimary(snapshot, failed, demand, Reason.NO_ELIGIBLE_REPLICA,
					"A read-only transaction (no replica is eligible: " + describe(snapshot.replicas(), failed) + ")");
		}
		return new Route.Nowhere("A read-only transaction found no eligible replica: "
				+ describe(snapshot.replicas(), failed)
				+ ". Repair a replica, or let the primary serve such reads with read-replica-routing.fallback=primary.");
	}

	/**
	 * A replica known to have what the read depends on; otherwise one that is near enough
	 * to wait for; otherwise the primary, which has it, whatever the rule for reads
	 * without a replica: it is one reader's own data, not the reads of all.
	 */
	private Route routeDependentRead(TopologySnapshot snapshot, List<NodeState> eligible, Set<DatabaseNode> failed,
			RequiredGtids demand) {
		List<NodeState> holders = filter(eligible, (replica) -> replica.executed().contains(demand.transactions()));
		if (!holders.isEmpty()) {
			return to(this.selector.select(holders), Reason.READ_ONLY, RequiredGtids.NOTHING);
		}
		List<NodeState> near = filter(eligible, (replica) -> replica.status() instanceof Eligible status
				&& status.lag().compareTo(demand.patience()) < 0);
		if (!near.isEmpty()) {
			return to(this.selector.select(near), Reason.CAUGHT_UP, demand);
		}
		return toPrimary(snapshot, failed, demand, Reason.NOT_CAUGHT_UP,
				"A read-only transaction that depends on writes which no replica has yet");
	}

	/**
	 * Those that meet a condition. On most days all do, and then nothing is copied.
	 */
	private static List<NodeState> filter(List<NodeState> replicas, Predicate<NodeState> condition) {
		for (int i = 0; i < replicas.size(); i++) {
			if (!condition.test(replicas.get(i))) {
				List<NodeState> matching = new ArrayList<>(replicas.subList(0, i));
				for (NodeState replica : replicas.subList(i + 1, replicas.size())) {
					if (condition.test(replica)) {
						matching.add(replica);
					}
				}
				return matching;
			}
		}
		return replicas;
	}

	private static Route to(NodeState replica, Reason reason, RequiredGtids demand) {
		return new Route.To(new RoutingDecision(replica.node(), reason), demand, replica.server());
	}

	/**
	 * A primary known not to answer is not asked: each caller would wait out the pool's
	 * time-out only to learn the same. When nothing is known yet, or the look at the
	 * server failed for reasons of its own, the pool shall find out. One that is said to
	 * be the primary no longer, or not alone, still serves reads that depend on nothing
	 * it may have missed, but no write, and nothing that may be written back.
	 */
	private static Route toPrimary(TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids demand,
			Reason reason, String what) {
		NodeState primary = snapshot.primary();
		Cause cause = (primary.status() instanceof Ineligible ineligible) ? ineligible.cause() : null;
		boolean spilled = reason == Reason.NO_ELIGIBLE_REPLICA || reason == Reason.NOT_CAUGHT_UP;
		boolean contested = cause == Cause.NO_PRIMARY || cause == Cause.SPLIT_BRAIN;
		if (contested && (!spilled || !primary.executed().contains(demand.transactions()))) {
			return new Route.Nowhere(what + " needs a primary, and there is none: " + describe(List.of(primary), failed)
					+ ". The servers are asked all the time, and the first that is alone in taking writes is used.");
		}
		if (cause == Cause.UNREACHABLE || failed.contains(primary.node())) {
			return new Route.Nowhere(what + " needs the primary " + describe(List.of(primary), failed)
					+ ". Bring it back; it is looked at all the time and used as soon as it answers.");
		}
		return new Route.To(new RoutingDecision(primary.node(), reason));
	}

	private static String describe(List<NodeState> states, Set<DatabaseNode> failed) {
		return states.stream()
			.map((state) -> state.node() + " ("
					+ (failed.contains(state.node()) ? "no connection could be opened just now" : state.status()) + ")")
			.collect(Collectors.joining(", "));
	}

}
