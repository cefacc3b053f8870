package com.foobar.web.readiness;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.TopologySnapshot;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseStateTests {

	private static final NodeStatus UP = new NodeStatus.Eligible(Duration.ZERO);

	private static final NodeStatus GONE = new NodeStatus.Ineligible(NodeStatus.Cause.UNREACHABLE, "no answer");

	private static final NodeStatus READ_ONLY = new NodeStatus.Ineligible(NodeStatus.Cause.READ_ONLY, "read-only");

	@Test
	void everythingGoesWhenAllNodesAreUp() {
		assertThat(state(UP, UP)).isEqualTo(DatabaseState.ALL);
	}

	@Test
	void readsGoOnWithoutThePrimary() {
		assertThat(state(GONE, UP)).isEqualTo(new DatabaseState(true, false, "p: no answer"));
	}

	@Test
	void aReadOnlyPrimaryStillReads() {
		assertThat(state(READ_ONLY, GONE)).isEqualTo(new DatabaseState(true, false, "p: read-only; r: no answer"));
	}

	@Test
	void aLostReplicaCostsNothing() {
		assertThat(state(UP, GONE)).isEqualTo(new DatabaseState(true, true, "r: no answer"));
	}

	@Test
	void nothingGoesWithoutAnyNode() {
		assertThat(state(GONE, GONE)).isEqualTo(new DatabaseState(false, false, "p: no answer; r: no answer"));
	}

	private static DatabaseState state(NodeStatus primary, NodeStatus replica) {
		return DatabaseState
			.of(new TopologySnapshot(new NodeState(new DatabaseNode("p", DatabaseNode.Role.PRIMARY), primary),
					List.of(new NodeState(new DatabaseNode("r", DatabaseNode.Role.REPLICA), replica))));
	}

}
