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
 * Chooses the node for an intent. A function of the snapshot, except for the selector's
 * turn: does not block and opens nothing. Thread-safe.
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
	 * Choose a node.
	 * @param intent what the connection is for
	 * @param snapshot the state of the servers
	 * @param failed nodes that failed for this connection already
	 * @param required the GTIDs that a replica must have
	 * @return the node, or why there is none
	 */
	public Route route(Intent intent, TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids required) {
		return switch (intent) {
			case READ_ONLY -> routeRead(snapshot, failed, required);
			case REPOSITORY_READ -> toPrimary(snapshot, failed, required, Reason.REPOSITORY_READ,
					"A repository's read outside a transaction of the application (annotate the caller with @Transactional(readOnly = true) if it writes nothing back)");
			case UNSAFE_REQUEST -> toPrimary(snapshot, failed, required, Reason.UNSAFE_REQUEST,
					"A read-only transaction in a request that may write");
			case READ_WRITE -> toPrimary(snapshot, failed, required, Reason.READ_WRITE, "A transaction that may write");
			case AUTO_COMMIT ->
				toPrimary(snapshot, failed, required, Reason.AUTO_COMMIT, "A statement outside a transaction");
		};
	}

	private Route routeRead(TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids required) {
		List<NodeState> eligible = filter(snapshot.replicas(),
				(replica) -> replica.isEligible() && !failed.contains(replica.node()));
		if (!eligible.isEmpty()) {
			return required.isNone() ? to(this.selector.select(eligible), Reason.READ_ONLY, required)
					: routeDependentRead(snapshot, eligible, failed, required);
		}
		if (this.primaryServesReads) {
			return toPrimary(snapshot, failed, required, Reason.NO_ELIGIBLE_REPLICA,
					"A read-only transaction (no replica is eligible: " + describe(snapshot.replicas(), failed) + ")");
		}
		return new Route.Unroutable("A read-only transaction found no eligible replica: "
				+ describe(snapshot.replicas(), failed)
				+ ". Repair a replica, or let the primary serve such reads with read-replica-routing.fallback=primary.");
	}

	/**
	 * A replica known to have the required GTIDs; otherwise one whose lag is shorter than
	 * the timeout; otherwise the primary, which has them. The primary is used even where
	 * reads without a replica fail: only reads that depend on a recent write go there.
	 */
	private Route routeDependentRead(TopologySnapshot snapshot, List<NodeState> eligible, Set<DatabaseNode> failed,
			RequiredGtids required) {
		List<NodeState> caughtUp = filter(eligible, (replica) -> replica.executed().contains(required.transactions()));
		if (!caughtUp.isEmpty()) {
			return to(this.selector.select(caughtUp), Reason.READ_ONLY, RequiredGtids.NONE);
		}
		List<NodeState> close = filter(eligible, (replica) -> replica.status() instanceof Eligible status
				&& status.lag().compareTo(required.timeout()) < 0);
		if (!close.isEmpty()) {
			return to(this.selector.select(close), Reason.CAUGHT_UP, required);
		}
		return toPrimary(snapshot, failed, required, Reason.NOT_CAUGHT_UP,
				"A read-only transaction that depends on writes which no replica has yet");
	}

	/**
	 * Filter without a copy if all replicas match, as they usually do.
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

	private static Route to(NodeState replica, Reason reason, RequiredGtids required) {
		return new Route.Selected(new RoutingDecision(replica.node(), reason), required, replica.server());
	}

	/**
	 * An unreachable primary fails at once: otherwise each caller would wait for the
	 * pool's timeout to learn the same. If its state is unknown, or only the probe
	 * failed, the pool tries. A primary that was demoted, or is one of two, serves reads
	 * that require nothing it may have missed, but no write, and no read that may be
	 * written back.
	 */
	private static Route toPrimary(TopologySnapshot snapshot, Set<DatabaseNode> failed, RequiredGtids required,
			Reason reason, String description) {
		NodeState primary = snapshot.primary();
		Cause cause = (primary.status() instanceof Ineligible ineligible) ? ineligible.cause() : null;
		boolean fallback = reason == Reason.NO_ELIGIBLE_REPLICA || reason == Reason.NOT_CAUGHT_UP;
		boolean contested = cause == Cause.NO_PRIMARY || cause == Cause.SPLIT_BRAIN;
		if (contested && (!fallback || !primary.executed().contains(required.transactions()))) {
			return new Route.Unroutable(description + " needs a primary, and there is none: "
					+ describe(List.of(primary), failed)
					+ ". The servers are probed continuously, and the first that is alone in accepting writes is used.");
		}
		if (cause == Cause.UNREACHABLE || failed.contains(primary.node())) {
			return new Route.Unroutable(description + " needs the primary " + describe(List.of(primary), failed)
					+ ". Restore it; it is probed continuously and used as soon as it responds.");
		}
		return new Route.Selected(new RoutingDecision(primary.node(), reason));
	}

	private static String describe(List<NodeState> states, Set<DatabaseNode> failed) {
		return states.stream()
			.map((state) -> state.node() + " ("
					+ (failed.contains(state.node()) ? "a connection could not be opened just now" : state.status())
					+ ")")
			.collect(Collectors.joining(", "));
	}

}
