package com.foobar.web.readiness;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.TopologySnapshot;

import static org.assertj.core.api.Assertions.assertThat;

class NodeReportTests {

	private static final DatabaseNode PRIMARY = new DatabaseNode("p", DatabaseNode.Role.PRIMARY);

	private static final DatabaseNode REPLICA = new DatabaseNode("r", DatabaseNode.Role.REPLICA);

	private final RoutedConnections connections = new RoutedConnections();

	@Test
	void reportsStateAndLagOfEachServer() {
		assertThat(report(new NodeStatus.Eligible(Duration.ofMillis(1500)))).containsExactly(
				new NodeReport("p", "primary", true, "eligible, lag 0 ms", 0L, 0, 0),
				new NodeReport("r", "replica", true, "eligible, lag 1500 ms", 1500L, 0, 0));
	}

	@Test
	void reportsNoLagOfIneligibleServers() {
		assertThat(report(new NodeStatus.Ineligible(NodeStatus.Cause.UNREACHABLE, "no response"))).last()
			.isEqualTo(new NodeReport("r", "replica", false, "no response", null, 0, 0));
	}

	@Test
	void countsReadsAndWritesSeparately() {
		for (Reason reason : Reason.values()) {
			this.connections.onRouted(new RoutingDecision(PRIMARY, reason));
		}
		this.connections.onRouted(new RoutingDecision(REPLICA, Reason.READ_ONLY));
		assertThat(report(new NodeStatus.Eligible(Duration.ZERO))).extracting(NodeReport::reads, NodeReport::writes)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(Reason.values().length - 2L, 2L),
					org.assertj.core.groups.Tuple.tuple(1L, 0L));
	}

	private List<NodeReport> report(NodeStatus replica) {
		return NodeReport.of(new TopologySnapshot(new NodeState(PRIMARY, new NodeStatus.Eligible(Duration.ZERO)),
				List.of(new NodeState(REPLICA, replica))), this.connections);
	}

}
