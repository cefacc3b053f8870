package com.foobar.routing.router;

import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.RequiredGtids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The contract of every value of {@link Selection}.
 */
class ReplicaSelectorTests {

	private static final DatabaseNode A = new DatabaseNode("a", Role.REPLICA);

	private static final DatabaseNode B = new DatabaseNode("b", Role.REPLICA);

	private static final DatabaseNode C = new DatabaseNode("c", Role.REPLICA);

	/**
	 * By how many choices the share of a replica may differ from its expected share.
	 * Round robin is exact; a random share is off by six standard deviations once in a
	 * billion runs.
	 */
	private static final Map<Selection, Integer> TOLERANCE_OF_30_000 = new EnumMap<>(
			Map.of(Selection.ROUND_ROBIN, 1, Selection.WEIGHTED_ROUND_ROBIN, 1, Selection.LEAST_CONNECTIONS, 500));

	@ParameterizedTest
	@EnumSource
	void choosesOnlyAmongCandidates(Selection selection) {
		ReplicaSelector selector = selector(selection);
		for (List<NodeState> offered : List.of(states(A), states(B, C), states(A, B, C), states(C))) {
			for (int i = 0; i < 50; i++) {
				assertThat(offered).contains(selector.select(offered));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void neverSelectsAnIneligibleReplicaDuringChanges(Selection selection) {
		Router router = new Router(selector(selection), true);
		Random random = new Random(9);
		for (int i = 0; i < 5_000; i++) {
			List<NodeState> states = Stream.of(A, B, C).map((node) -> new NodeState(node, anyStatus(random))).toList();
			Set<DatabaseNode> failed = random.nextInt(4) == 0 ? Set.of(B) : Set.of();
			DatabaseNode primary = new DatabaseNode("p", Role.PRIMARY);
			Route route = router.route(Intent.READ_ONLY,
					new TopologySnapshot(new NodeState(primary, new Eligible(Duration.ZERO)), states), failed,
					RequiredGtids.NONE);
			List<DatabaseNode> allowed = states.stream()
				.filter(NodeState::isEligible)
				.map(NodeState::node)
				.filter((node) -> !failed.contains(node))
				.toList();
			assertThat(((Route.Selected) route).decision().node()).isIn(allowed.isEmpty() ? List.of(primary) : allowed);
		}
	}

	private static NodeStatus anyStatus(Random random) {
		Cause[] causes = Cause.values();
		int drawn = random.nextInt(causes.length * 2);
		return (drawn < causes.length) ? new Ineligible(causes[drawn], "out") : new Eligible(Duration.ofMillis(drawn));
	}

	@ParameterizedTest
	@EnumSource
	void isFairToEqualsWithManyThreads(Selection selection) throws Exception {
		ReplicaSelector selector = selector(selection);
		Map<DatabaseNode, Integer> chosen = chooseOnEightThreads(selector, 30_000, states(A, B, C));
		assertThat(chosen.values()).hasSize(3)
			.allSatisfy((count) -> assertThat(count).isCloseTo(10_000, within(tolerance(selection))));
	}

	@Test
	void weightsAreExactWithManyThreads() throws Exception {
		ReplicaSelector selector = Selection.WEIGHTED_ROUND_ROBIN.selector(Map.of(A, 5, B, 3, C, 2), (node) -> 0);
		Map<DatabaseNode, Integer> chosen = chooseOnEightThreads(selector, 30_000, states(A, B, C));
		assertThat(chosen.get(A)).isCloseTo(15_000, within(1));
		assertThat(chosen.get(B)).isCloseTo(9_000, within(1));
		assertThat(chosen.get(C)).isCloseTo(6_000, within(1));
	}

	/**
	 * Simulates reads that depend on a write which one replica lacks.
	 */
	@ParameterizedTest
	@EnumSource
	void isFairWhenChoicesAmongDifferentReplicasAlternate(Selection selection) {
		ReplicaSelector selector = selector(selection);
		Map<DatabaseNode, Integer> ofTwo = new HashMap<>();
		Map<DatabaseNode, Integer> inAll = new HashMap<>();
		for (int i = 0; i < 3_000; i++) {
			inAll.merge(selector.select(states(A)).node(), 1, Integer::sum);
			ofTwo.merge(selector.select(states(A, B)).node(), 1, Integer::sum);
		}
		assertThat(ofTwo.values()).hasSize(2)
			.allSatisfy((count) -> assertThat(count).as("beside choices without an alternative: " + ofTwo)
				.isCloseTo(1_500, within(300)));
		for (int i = 0; i < 3_000; i++) {
			inAll.merge(selector.select(states(A, B)).node(), 1, Integer::sum);
			inAll.merge(selector.select(states(B, C)).node(), 1, Integer::sum);
		}
		assertThat(inAll.keySet()).containsExactlyInAnyOrder(A, B, C);
		assertThat(inAll.get(B)).as("of two lists in turn: " + inAll).isBetween(1_500, 3_600);
		assertThat(inAll.get(C)).as("of two lists in turn: " + inAll).isBetween(1_200, 3_000);
	}

	/** The returning replica is neither overloaded nor starved. */
	@ParameterizedTest
	@EnumSource
	void returningReplicaGetsItsShareAndNoMore(Selection selection) {
		ReplicaSelector selector = selector(selection);
		for (int absence = 0; absence < 10; absence++) {
			for (int i = 0; i < 1_000; i++) {
				selector.select(states(A, C));
			}
			Map<DatabaseNode, Integer> chosen = new HashMap<>();
			for (int i = 0; i < 300; i++) {
				chosen.merge(selector.select(states(A, B, C)).node(), 1, Integer::sum);
			}
			assertThat(chosen.get(B)).as("after its return: " + chosen).isCloseTo(100, within(50));
		}
	}

	/** While others continuously join and leave. */
	@ParameterizedTest
	@EnumSource
	void replicaKeepsItsShareWhileOthersJoinAndLeave(Selection selection) throws Exception {
		ReplicaSelector selector = selector(selection);
		AtomicInteger time = new AtomicInteger();
		Map<DatabaseNode, Integer> chosen = onEightThreads(30_000,
				() -> selector.select(time.getAndIncrement() / 7 % 2 == 0 ? states(A, B) : states(C, A)));
		assertThat(chosen.get(A)).as(chosen.toString()).isCloseTo(15_000, within(5_500));
		assertThat(chosen.get(B)).as(chosen.toString()).isGreaterThan(5_000);
		assertThat(chosen.get(C)).as(chosen.toString()).isGreaterThan(5_000);
	}

	/** Lock-free: no thread waits for another one. */
	@ParameterizedTest
	@EnumSource
	void suspendedThreadDoesNotBlockOthers(Selection selection) throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		ReplicaSelector selector = selector(selection);
		List<NodeState> suspending = new AbstractList<>() {

			@Override
			public NodeState get(int index) {
				inside.countDown();
				awaitUninterruptedly(released);
				return states(A, B, C).get(index);
			}

			@Override
			public int size() {
				return 3;
			}

		};
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<NodeState> suspended = executor.submit(() -> selector.select(suspending));
			assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
			Map<DatabaseNode, Integer> chosen = chooseOnEightThreads(selector, 3_000, states(A, B, C));
			assertThat(suspended.isDone()).isFalse();
			assertThat(chosen.values()).hasSize(3)
				.allSatisfy((count) -> assertThat(count).isCloseTo(1_000, within(200)));
			released.countDown();
			assertThat(suspended.get(30, TimeUnit.SECONDS).node()).isIn(A, B, C);
		}
		finally {
			released.countDown();
			executor.shutdownNow();
		}
	}

	@Test
	void roundRobinContinuesAfterAnOverflow() {
		StrideScheduler turns = new StrideScheduler(Long.MAX_VALUE - 1_000_000);
		Map<DatabaseNode, Integer> chosen = new HashMap<>();
		for (int i = 0; i < 300; i++) {
			chosen.merge(turns.next(states(A, B, C), (replica) -> 1).node(), 1, Integer::sum);
		}
		assertThat(chosen).isEqualTo(Map.of(A, 100, B, 100, C, 100));
	}

	@Test
	void replicasAreSelectedInOrder() {
		ReplicaSelector selector = new RoundRobinSelector();
		assertThat(IntStream.range(0, 7).mapToObj((i) -> selector.select(states(A, B, C)).node())).containsExactly(A, B,
				C, A, B, C, A);
	}

	@Test
	void weightsAreExactInEachRoundAndInterleaved() {
		ReplicaSelector selector = new WeightedRoundRobinSelector(Map.of(A, 3, B, 1));
		assertThat(IntStream.range(0, 8).mapToObj((i) -> selector.select(states(A, B)).node())).containsExactly(A, B, A,
				A, A, B, A, A);
	}

	@Test
	void serverKeepsItsWeightWhenItsRoleChanges() {
		ReplicaSelector selector = new WeightedRoundRobinSelector(Map.of(new DatabaseNode("a", Role.PRIMARY), 9));
		Map<DatabaseNode, Integer> chosen = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			chosen.merge(selector.select(states(A, B)).node(), 1, Integer::sum);
		}
		assertThat(chosen).isEqualTo(Map.of(A, 90, B, 10));
	}

	@Test
	void leastConnectionsAvoidsABusyReplica() {
		ReplicaSelector selector = new LeastConnectionsSelector((node) -> node.equals(A) ? 10 : 1);
		for (int i = 0; i < 100; i++) {
			assertThat(selector.select(states(A, B)).node()).isEqualTo(B);
		}
	}

	private static ReplicaSelector selector(Selection selection) {
		return selection.selector(Map.of(), (node) -> 0);
	}

	private static int tolerance(Selection selection) {
		return TOLERANCE_OF_30_000.getOrDefault(selection, 500);
	}

	private static Map<DatabaseNode, Integer> chooseOnEightThreads(ReplicaSelector selector, int choices,
			List<NodeState> offered) throws Exception {
		return onEightThreads(choices, () -> selector.select(offered));
	}

	private static Map<DatabaseNode, Integer> onEightThreads(int choices, Callable<NodeState> choice) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Map<DatabaseNode, Integer>>> tasks = new ArrayList<>();
			for (int thread = 0; thread < 8; thread++) {
				tasks.add(() -> {
					Map<DatabaseNode, Integer> chosen = new HashMap<>();
					for (int i = 0; i < choices / 8; i++) {
						chosen.merge(choice.call().node(), 1, Integer::sum);
					}
					return chosen;
				});
			}
			Map<DatabaseNode, Integer> total = new HashMap<>();
			for (Future<Map<DatabaseNode, Integer>> done : executor.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
				done.get().forEach((node, count) -> total.merge(node, count, Integer::sum));
			}
			assertThat(total.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(choices / 8 * 8);
			return total;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void awaitUninterruptedly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<NodeState> states(DatabaseNode... nodes) {
		return Stream.of(nodes).map((node) -> new NodeState(node, new Eligible(Duration.ZERO))).toList();
	}

}
