package com.foobar.web.readiness;

import org.jspecify.annotations.Nullable;

import com.foobar.routing.NodeState;
import com.foobar.routing.TopologySnapshot;

/**
 * What the databases allow at one moment. Immutable.
 *
 * @param reads whether a server accepts reads
 * @param writes whether a server accepts writes
 * @param reason what is unavailable, {@code null} if everything is available
 */
record DatabaseState(boolean reads, boolean writes, @Nullable String reason) {

	static final DatabaseState ALL = new DatabaseState(true, true, null);

	static DatabaseState none(String reason) {
		return new DatabaseState(false, false, reason);
	}

	static DatabaseState of(TopologySnapshot topology) {
		StringBuilder reason = new StringBuilder();
		append(reason, topology.primary());
		topology.replicas().forEach((replica) -> append(reason, replica));
		return new DatabaseState(topology.canRead(), topology.canWrite(), reason.isEmpty() ? null : reason.toString());
	}

	private static void append(StringBuilder reason, NodeState node) {
		if (!node.isEligible()) {
			reason.append(reason.isEmpty() ? "" : "; ").append(node.node()).append(": ").append(node.status());
		}
	}

}
