package com.foobar.routing.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Answers "what has changed between two snapshots?": one log line for each change of
 * state, and the nodes whose connections are no longer valid.
 */
final class ClusterLog {

	/** The logger of the monitor, whose state the lines describe. */
	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private ClusterLog() {
	}

	static String describe(TopologySnapshot snapshot) {
		List<String> nodes = new ArrayList<>();
		states(snapshot).values()
			.forEach((state) -> nodes.add(role(state) + " " + state.node() + " (" + state.status() + ")"));
		return String.join(", ", nodes);
	}

	static void logChanges(TopologySnapshot before, TopologySnapshot now) {
		Map<String, NodeState> old = states(before);
		states(now).forEach((name, state) -> logChange(before, Objects.requireNonNull(old.get(name)), state));
	}

	private static void logChange(TopologySnapshot before, NodeState old, NodeState state) {
		boolean changedRole = old.node().role() != state.node().role();
		if (changedRole && state.node().role() == Role.PRIMARY) {
			logger.warn("primary is now " + state.node() + " and no longer " + before.primary().node() + ": it is "
					+ state.status());
		}
		else if (changedRole || !kind(old.status()).equals(kind(state.status()))) {
			String line = role(state) + " " + state.node() + " is " + state.status();
			if (state.status() instanceof Ineligible) {
				logger.warn(line);
			}
			else {
				logger.info(line);
			}
		}
	}

	/**
	 * The nodes that became unreachable, those whose address leads to another server now,
	 * and the demoted primary, in their former roles.
	 */
	static List<DatabaseNode> lost(TopologySnapshot before, TopologySnapshot now) {
		Map<String, NodeState> old = states(before);
		List<DatabaseNode> lost = new ArrayList<>();
		states(now).forEach((name, state) -> {
			NodeState then = Objects.requireNonNull(old.get(name));
			boolean gone = isUnreachable(state.status()) && !isUnreachable(then.status());
			boolean demoted = then.node().role() == Role.PRIMARY && state.node().role() == Role.REPLICA;
			boolean replaced = then.server() != null && !then.server().equals(state.server());
			if (gone || demoted || replaced) {
				lost.add(then.node());
			}
		});
		return lost;
	}

	private static boolean isUnreachable(NodeStatus status) {
		return status instanceof Ineligible ineligible && ineligible.cause() == Cause.UNREACHABLE;
	}

	private static Map<String, NodeState> states(TopologySnapshot snapshot) {
		Map<String, NodeState> states = new LinkedHashMap<>();
		states.put(snapshot.primary().node().name(), snapshot.primary());
		snapshot.replicas().forEach((replica) -> states.put(replica.node().name(), replica));
		return states;
	}

	private static String role(NodeState state) {
		return state.node().role().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The part of the status whose change is logged: the figures in it change all the
	 * time.
	 */
	private static Object kind(NodeStatus status) {
		return (status instanceof Ineligible ineligible) ? ineligible.cause() : "eligible";
	}

}
