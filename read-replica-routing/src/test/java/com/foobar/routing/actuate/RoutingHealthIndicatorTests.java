package com.foobar.routing.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingHealthIndicatorTests {

	private static final NodeStatus GOOD = new Eligible(Duration.ofMillis(7));

	private static final NodeStatus DOWN = new Ineligible(Cause.UNREACHABLE, "unreachable: refused");

	private static final NodeStatus LAGGING = new Ineligible(Cause.LAGGING, "lags by 20 s");

	private static final NodeStatus READ_ONLY = new Ineligible(Cause.READ_ONLY, "read-only");

	@Test
	void upWithAllServers() {
		Health health = health(GOOD, GOOD);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("reads", true).containsEntry("writes", true);
		assertThat(health.getDetails()).doesNotContainKey("reason");
	}

	@Test
	void upWithoutAReplicaAndNamesIt() {
		Health health = health(GOOD, DOWN);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("reads", true)
			.containsEntry("writes", true)
			.containsEntry("nodes", Map.of("p", "eligible, lag 7 ms", "r", "unreachable: refused"));
	}

	@Test
	void upForReadsWithoutThePrimaryAndReportsTheReason() {
		Health health = health(DOWN, GOOD);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("reads", true)
			.containsEntry("writes", false)
			.containsEntry("reason", "primary p: unreachable: refused");
	}

	@Test
	void upForReadsOnAReadOnlyPrimary() {
		Health health = health(READ_ONLY, DOWN);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("reads", true)
			.containsEntry("writes", false)
			.containsEntry("reason", "primary p: read-only");
	}

	@Test
	void downWhenNoReadIsPossible() {
		for (NodeStatus replica : List.of(DOWN, LAGGING)) {
			Health health = health(DOWN, replica);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("reads", false).containsEntry("writes", false);
		}
	}

	private static Health health(NodeStatus primary, NodeStatus replica) {
		TopologySnapshot snapshot = new TopologySnapshot(new NodeState(new DatabaseNode("p", Role.PRIMARY), primary),
				List.of(new NodeState(new DatabaseNode("r", Role.REPLICA), replica)));
		return new RoutingHealthIndicator(() -> snapshot).health();
	}

}
