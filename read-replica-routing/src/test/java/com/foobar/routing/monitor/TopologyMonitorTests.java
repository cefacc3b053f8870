package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TopologyMonitorTests extends MonitorTestSupport {

	private static final Observation ORPHANED = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTING, "", true, "", null), GtidSet.NONE);

	@Test
	void firstSnapshotIsPublishedWhenStartReturns() {
		this.monitor.start();
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
		assertThat(this.monitor.snapshot().replicas()).allMatch(NodeState::isEligible);
	}

	@Test
	void noServerIsEligibleBeforeTheStart() {
		assertThat(this.monitor.snapshot().hasEligibleReplica()).isFalse();
		assertThat(this.monitor.snapshot().canRead()).isFalse();
	}

	@Test
	void hangingServerDelaysNeitherTheStartNorTheOthers() {
		this.probes.put("r1", this::hang);
		long start = System.nanoTime();
		this.monitor.start();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		assertThat(replica(1).isEligible()).isTrue();
		Awaitility.await().until(() -> replica(0).status().toString().contains("no response within"));
		assertThat(replica(1).isEligible()).isTrue();
	}

	@Test
	void serverThatStartsToHangIsTakenOut() {
		this.monitor.start();
		assertThat(replica(0).isEligible()).isTrue();
		this.probes.put("r1", this::hang);
		Awaitility.await().until(() -> !replica(0).isEligible());
		this.never.countDown();
		this.probes.put("r1", () -> HEALTHY);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	/** Simulates a slow machine, where the first probe takes longer than its timeout. */
	@Test
	void startWaitsForTheFirstProbeOfThePrimary() {
		this.probes.put("p", () -> {
			hang(INTERVAL.multipliedBy(30));
			return new Observation.Primary(false, GtidSet.NONE);
		});
		this.monitor.start();
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
	}

	@Test
	void probeThatThrowsDoesNotEndTheSchedule() {
		this.probes.put("r1", () -> {
			throw new IllegalStateException("unforeseen");
		});
		this.monitor.start();
		assertThat(replica(0).status().toString()).contains("unforeseen");
		this.probes.put("r1", () -> HEALTHY);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void probeThatEndsWithAnErrorCountsAsFailedAndTheNextOneFollows() {
		this.probes.put("r1", () -> {
			throw new NoClassDefFoundError("unforeseen");
		});
		this.monitor.start();
		assertThat(replica(0).status().toString()).contains("unforeseen");
		this.probes.put("r1", () -> HEALTHY);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void errorInTheMonitorItselfIsLoggedAndTheNextProbesFollow(CapturedOutput output) {
		Logger logger = (Logger) LoggerFactory.getLogger(TopologyMonitor.class);
		FailingAppender failing = new FailingAppender();
		failing.setContext(logger.getLoggerContext());
		this.monitor.start();
		failing.start();
		logger.addAppender(failing);
		try {
			// Detected by the scheduler's thread, because the probe does not end.
			this.probes.put("r1", this::hang);
			Awaitility.await().until(() -> failing.called);
		}
		finally {
			logger.detachAppender(failing);
		}
		this.never.countDown();
		this.probes.put("r1", () -> HEALTHY);
		Awaitility.await().until(() -> replica(0).isEligible());
		this.probes.put("r1", () -> new Observation.Unreachable("refused"));
		Awaitility.await().until(() -> !replica(0).isEligible());
		assertThat(output).contains("The monitor could not probe the database servers")
			.contains("NoClassDefFoundError: unforeseen");
	}

	@Test
	void errorOfALossListenerDoesNotAffectTheOthers() {
		List<DatabaseNode> lost = new CopyOnWriteArrayList<>();
		this.monitor.addLossListener((node) -> {
			throw new NoClassDefFoundError("unforeseen");
		});
		this.monitor.addLossListener(lost::add);
		this.monitor.start();
		this.probes.put("r1", () -> new Observation.Unreachable("refused"));
		this.probes.put("r2", () -> new Observation.Unreachable("refused"));
		Awaitility.await().untilAsserted(() -> assertThat(lost).containsExactlyInAnyOrder(FIRST, SECOND));
	}

	@Test
	void replicaThatLostAnUnreachablePrimaryStaysEligible() {
		this.monitor.start();
		this.probes.put("p", () -> new Observation.Unreachable("refused"));
		this.probes.put("r1", () -> ORPHANED);
		this.probes.put("r2", () -> ORPHANED);
		Awaitility.await().until(() -> !this.monitor.snapshot().canWrite());
		Awaitility.await()
			.during(INTERVAL.multipliedBy(5))
			.until(() -> this.monitor.snapshot().replicas().stream().allMatch(NodeState::isEligible));
		assertThat(this.monitor.snapshot().canRead()).isTrue();
	}

	@Test
	void serverThatBecomesWritableIsThePrimaryAndTheFormerPrimaryAReplica() {
		serve("p", true);
		serve("r1", false);
		serve("r2", false);
		try (TopologyMonitor discovering = monitor(PrimaryDiscovery.READ_ONLY_FLAG, INTERVAL)) {
			List<DatabaseNode> lost = new CopyOnWriteArrayList<>();
			discovering.addLossListener(lost::add);
			discovering.start();
			assertThat(discovering.snapshot().primary().node()).isEqualTo(PRIMARY);
			assertThat(discovering.snapshot().canWrite()).isTrue();
			serve("p", false);
			Awaitility.await().until(() -> !discovering.snapshot().canWrite());
			assertThat(discovering.snapshot().primary().status().toString()).contains("no longer the primary");
			assertThat(discovering.snapshot().canRead()).isTrue();
			serve("r2", true);
			Awaitility.await().until(() -> discovering.snapshot().canWrite());
			assertThat(discovering.snapshot().primary().node()).isEqualTo(new DatabaseNode("r2", Role.PRIMARY));
			Awaitility.await().until(() -> discovering.snapshot().replicas().stream().allMatch(NodeState::isEligible));
			assertThat(discovering.snapshot().replicas()).extracting(NodeState::node)
				.containsExactly(new DatabaseNode("p", Role.REPLICA), FIRST);
			assertThat(lost).containsExactly(PRIMARY);
		}
	}

	@Test
	void twoWritableServersStopWrites() {
		serve("p", true);
		serve("r1", true);
		serve("r2", false);
		try (TopologyMonitor discovering = monitor(PrimaryDiscovery.READ_ONLY_FLAG, INTERVAL)) {
			discovering.start();
			Awaitility.await().until(() -> !discovering.snapshot().canWrite());
			assertThat(discovering.snapshot().primary().status()).isInstanceOfSatisfying(Ineligible.class,
					(status) -> assertThat(status.cause()).isEqualTo(Cause.SPLIT_BRAIN));
			assertThat(discovering.snapshot().primary().status().toString()).contains("p and r1");
			assertThat(discovering.snapshot().canRead()).isTrue();
			serve("r1", false);
			Awaitility.await().until(() -> discovering.snapshot().canWrite());
		}
	}

	@Test
	void waitEndsWithTheNextSnapshotOrTheTimeout() throws InterruptedException {
		TopologySnapshot seen = this.monitor.snapshot();
		assertThat(this.monitor.awaitChange(seen, INTERVAL)).isFalse();
		this.monitor.start();
		assertThat(this.monitor.awaitChange(seen, Duration.ofSeconds(10))).isTrue();
	}

	/** Simulates an OutOfMemoryError. */
	private static final class FailingAppender extends AppenderBase<ILoggingEvent> {

		private volatile boolean called;

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getThrowableProxy() == null) {
				this.called = true;
				throw new NoClassDefFoundError("unforeseen");
			}
		}

	}

}
