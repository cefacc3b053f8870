package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyMonitorTests {

	private static final Duration BEAT = Duration.ofMillis(10);

	private static final DatabaseNode PRIMARY = new DatabaseNode("p", Role.PRIMARY);

	private static final DatabaseNode FIRST = new DatabaseNode("r1", Role.REPLICA);

	private static final DatabaseNode SECOND = new DatabaseNode("r2", Role.REPLICA);

	private static final Observation WELL = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTED, "", true, "", Duration.ZERO), GtidSet.NONE);

	private static final Observation ORPHANED = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTING, "", true, "", null), GtidSet.NONE);

	private final Map<String, Supplier<Observation>> looks = new ConcurrentHashMap<>(
			Map.of("p", () -> new Observation.Primary(false, GtidSet.NONE), "r1", () -> WELL, "r2", () -> WELL));

	private final CountDownLatch never = new CountDownLatch(1);

	private final TopologyMonitor monitor = new TopologyMonitor(endpoint(PRIMARY),
			List.of(endpoint(FIRST), endpoint(SECOND)),
			new MonitorSettings(BEAT, BEAT.multipliedBy(2), 2, 2, Duration.ofSeconds(1)), (endpoint) -> new Probe() {

				@Override
				public Observation look() {
					return Objects.requireNonNull(TopologyMonitorTests.this.looks.get(endpoint.node().name())).get();
				}

				@Override
				public void close() {
				}

			});

	@AfterEach
	void close() {
		this.never.countDown();
		this.monitor.close();
	}

	@Test
	void firstSnapshotIsThereWhenTheStartReturns() {
		this.monitor.start();
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
		assertThat(this.monitor.snapshot().replicas()).allMatch(NodeState::isEligible);
	}

	@Test
	void nothingIsEligibleBeforeTheStart() {
		assertThat(this.monitor.snapshot().hasEligibleReplica()).isFalse();
		assertThat(this.monitor.snapshot().canRead()).isFalse();
	}

	@Test
	void serverThatHangsDelaysNeitherTheStartNorTheOthers() {
		this.looks.put("r1", this::hang);
		long begin = System.nanoTime();
		this.monitor.start();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
		assertThat(replica(1).isEligible()).isTrue();
		Awaitility.await().until(() -> replica(0).status().toString().contains("no answer within"));
		assertThat(replica(1).isEligible()).isTrue();
	}

	@Test
	void serverThatBeginsToHangIsTakenOut() {
		this.monitor.start();
		assertThat(replica(0).isEligible()).isTrue();
		this.looks.put("r1", this::hang);
		Awaitility.await().until(() -> !replica(0).isEligible());
		this.never.countDown();
		this.looks.put("r1", () -> WELL);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void lookThatThrowsDoesNotEndTheWatch() {
		this.looks.put("r1", () -> {
			throw new IllegalStateException("unforeseen");
		});
		this.monitor.start();
		assertThat(replica(0).status().toString()).contains("unforeseen");
		this.looks.put("r1", () -> WELL);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void replicaThatLostALostPrimaryStays() {
		this.monitor.start();
		this.looks.put("p", () -> new Observation.Unreachable("refused"));
		this.looks.put("r1", () -> ORPHANED);
		this.looks.put("r2", () -> ORPHANED);
		Awaitility.await().until(() -> !this.monitor.snapshot().canWrite());
		Awaitility.await()
			.during(BEAT.multipliedBy(5))
			.until(() -> this.monitor.snapshot().replicas().stream().allMatch(NodeState::isEligible));
		assertThat(this.monitor.snapshot().canRead()).isTrue();
	}

	@Test
	void replicaThatCannotBeConnectedToIsOutAtOnceAndReturnsAfterGoodLooks() {
		TopologyMonitor notRunning = this.monitor;
		notRunning.onFailure(FIRST, new SQLTransientConnectionException("refused", "08S01"));
		assertThat(replica(0).status().toString()).contains("could not be opened").contains("refused");
		notRunning.start();
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void failuresThatAreNotTheReplicasAreNoReasonToTakeItOut() {
		this.monitor.start();
		this.monitor.onFailure(FIRST, new SQLException("too many connections", "08004"));
		this.monitor.onFailure(FIRST, new SQLException("pool exhausted"));
		this.monitor.onFailure(PRIMARY, new SQLException("refused", "08S01"));
		assertThat(replica(0).status()).isInstanceOf(Eligible.class);
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
	}

	private Observation hang() {
		try {
			this.never.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return new Observation.Unreachable("hung");
	}

	private NodeState replica(int index) {
		return this.monitor.snapshot().replicas().get(index);
	}

	private static NodeEndpoint endpoint(DatabaseNode node) {
		return new NodeEndpoint(node, "jdbc:none", null, null);
	}

}
