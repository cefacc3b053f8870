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

	private static final NodeStatus DOWN = new NodeStatus.Ineligible(NodeStatus.Cause.UNREACHABLE, "no response");

	private static final NodeStatus READ_ONLY = new NodeStatus.Ineligible(NodeStatus.Cause.READ_ONLY, "read-only");

	@Test
	void readsAndWritesArePossibleWhenAllNodesAreUp() {
		assertThat(state(UP, UP)).isEqualTo(DatabaseState.ALL);
	}

	@Test
	void readsArePossibleWithoutThePrimary() {
		assertThat(state(DOWN, UP)).isEqualTo(new DatabaseState(true, false, "p: no response"));
	}

	@Test
	void readsArePossibleOnAReadOnlyPrimary() {
		assertThat(state(READ_ONLY, DOWN)).isEqualTo(new DatabaseState(true, false, "p: read-only; r: no response"));
	}

	@Test
	void readsAndWritesArePossibleWithoutAReplica() {
		assertThat(state(UP, DOWN)).isEqualTo(new DatabaseState(true, true, "r: no response"));
	}

	@Test
	void nothingIsPossibleWithoutAnyNode() {
		assertThat(state(DOWN, DOWN)).isEqualTo(new DatabaseState(false, false, "p: no response; r: no response"));
	}

	private static DatabaseState state(NodeStatus primary, NodeStatus replica) {
		return DatabaseState
			.of(new TopologySnapshot(new NodeState(new DatabaseNode("p", DatabaseNode.Role.PRIMARY), primary),
					List.of(new NodeState(new DatabaseNode("r", DatabaseNode.Role.REPLICA), replica))));
	}

}
