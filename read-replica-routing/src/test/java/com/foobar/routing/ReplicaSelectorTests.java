package com.foobar.routing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeStatus.Eligible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What every selector keeps to.
 */
class ReplicaSelectorTests {

	private static final DatabaseNode A = new DatabaseNode("a", Role.REPLICA);

	private static final DatabaseNode B = new DatabaseNode("b", Role.REPLICA);

	private static final DatabaseNode C = new DatabaseNode("c", Role.REPLICA);

	static Stream<Arguments> selectors() {
		return Stream.of(arguments("round robin", new RoundRobinSelector()),
				arguments("equal weights", new WeightedSelector(Map.of())),
				arguments("least connections", new LeastConnectionsSelector((node) -> 0)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("selectors")
	void choosesOnlyAmongThoseOffered(String name, ReplicaSelector selector) {
		for (List<NodeState> offered : List.of(states(A), states(B, C), states(A, B, C), states(C))) {
			for (int i = 0; i < 50; i++) {
				assertThat(offered).contains(selector.select(offered));
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("selectors")
	void isFairToEqualsWithinATenthEvenFromManyThreads(String name, ReplicaSelector selector) {
		int rounds = 30_000;
		Map<DatabaseNode, Integer> chosen = IntStream.range(0, rounds)
			.parallel()
			.mapToObj((i) -> selector.select(states(A, B, C)).node())
			.collect(HashMap::new, (map, node) -> map.merge(node, 1, Integer::sum),
					(one, other) -> other.forEach((node, count) -> one.merge(node, count, Integer::sum)));
		assertThat(chosen.values()).hasSize(3)
			.allSatisfy((count) -> assertThat(count).isCloseTo(rounds / 3, within(rounds / 30)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("selectors")
	void goesOnWhenItsCounterOverflows(String name, ReplicaSelector selector) throws ReflectiveOperationException {
		if (!(selector instanceof LeastConnectionsSelector)) {
			var turn = selector.getClass().getDeclaredField("turn");
			turn.setAccessible(true);
			((java.util.concurrent.atomic.AtomicInteger) turn.get(selector)).set(Integer.MAX_VALUE - 1);
		}
		for (int i = 0; i < 5; i++) {
			assertThat(states(A, B, C)).contains(selector.select(states(A, B, C)));
		}
	}

	@Test
	void weightsAreKeptInEachRoundAndSpreadOverIt() {
		ReplicaSelector selector = new WeightedSelector(Map.of(A, 3, B, 1));
		assertThat(IntStream.range(0, 8).mapToObj((i) -> selector.select(states(A, B)).node())).containsExactly(A, B, A,
				A, A, B, A, A);
	}

	@Test
	void busyReplicaIsSparedByLeastConnections() {
		ReplicaSelector selector = new LeastConnectionsSelector((node) -> node.equals(A) ? 10 : 1);
		for (int i = 0; i < 100; i++) {
			assertThat(selector.select(states(A, B)).node()).isEqualTo(B);
		}
	}

	@Test
	void spillIsCappedAndReleased() {
		Spill spill = new Spill(2);
		assertThat(List.of(spill.enter(), spill.enter(), spill.enter())).containsExactly(true, true, false);
		spill.leave();
		assertThat(spill.enter()).isTrue();
		assertThat(spill.enter()).isFalse();
	}

	private static List<NodeState> states(DatabaseNode... nodes) {
		return Stream.of(nodes).map((node) -> new NodeState(node, new Eligible(Duration.ZERO))).toList();
	}

}
