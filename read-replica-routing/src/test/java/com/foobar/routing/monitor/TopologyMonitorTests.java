package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TopologyMonitorTests {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private static final DatabaseNode PRIMARY = new DatabaseNode("p", Role.PRIMARY);

	private static final DatabaseNode FIRST = new DatabaseNode("r1", Role.REPLICA);

	private static final DatabaseNode SECOND = new DatabaseNode("r2", Role.REPLICA);

	private static final Observation HEALTHY = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTED, "", true, "", Duration.ZERO), GtidSet.NONE);

	private static final Observation ORPHANED = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTING, "", true, "", null), GtidSet.NONE);

	private final Map<String, Supplier<Observation>> probes = new ConcurrentHashMap<>(
			Map.of("p", () -> new Observation.Primary(false, GtidSet.NONE), "r1", () -> HEALTHY, "r2", () -> HEALTHY));

	/** Called with the monitor's lock. */
	private final Map<String, Supplier<String>> servers = new ConcurrentHashMap<>();

	private final CountDownLatch never = new CountDownLatch(1);

	private final TopologyMonitor monitor = new TopologyMonitor(endpoint(PRIMARY),
			List.of(endpoint(FIRST), endpoint(SECOND)),
			new MonitorSettings(INTERVAL, INTERVAL.multipliedBy(2), 2, 2, Duration.ofSeconds(1)), this::probe);

	@AfterEach
	void close() {
		this.never.countDown();
		this.monitor.close();
	}

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
		long begin = System.nanoTime();
		this.monitor.start();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
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

	/** As on a slow processor, where the first probe takes longer than its timeout. */
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
	void progressFromReadersIsPublishedWhileTheMonitorIsBusy() throws InterruptedException {
		GtidSet learnt = GtidSet.parse("0-1-7");
		this.monitor.start();
		CountDownLatch busy = new CountDownLatch(1);
		this.servers.put("r2", () -> {
			busy.countDown();
			hang();
			return "id";
		});
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		this.monitor.executedGtids().tell(FIRST, "id", learnt);
		TopologySnapshot known = this.monitor.snapshot();
		assertThat(replica(0).executed().contains(learnt)).isTrue();
		this.monitor.executedGtids().tell(FIRST, "id", learnt);
		assertThat(this.monitor.snapshot()).as("nothing new").isSameAs(known);
		this.monitor.executedGtids().tell(FIRST, "another", GtidSet.parse("0-1-8"));
		assertThat(this.monitor.snapshot()).as("of another server").isSameAs(known);
	}

	@Test
	void concurrentProgressFromReadersIsKept() throws Exception {
		this.probes.put("r1", () -> new Observation.Unreachable("gone"));
		this.monitor.start();
		int readers = 8;
		ExecutorService executor = Executors.newFixedThreadPool(readers);
		try {
			List<Callable<Void>> tasks = IntStream.range(0, readers).<Callable<Void>>mapToObj((domain) -> () -> {
				for (int number = 1; number <= 200; number++) {
					this.monitor.executedGtids().tell(FIRST, null, GtidSet.parse(domain + "-1-" + number));
				}
				return null;
			}).toList();
			for (Future<Void> done : executor.invokeAll(tasks)) {
				done.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		for (int domain = 0; domain < readers; domain++) {
			assertThat(replica(0).executed().contains(GtidSet.parse(domain + "-1-200"))).isTrue();
		}
	}

	@Test
	void replicaThatRefusesItsPoolIsOutUntilThePoolCanConnect() {
		AtomicBoolean refuses = new AtomicBoolean(true);
		SQLException refusal = new SQLException("Access denied for user 'app'", "28000", 1045);
		AtomicInteger trials = new AtomicInteger();
		this.monitor.setPoolTrial((node) -> {
			trials.incrementAndGet();
			assertThat(node).isEqualTo(FIRST);
			if (refuses.get()) {
				throw refusal;
			}
		});
		this.monitor.start();
		assertThat(replica(0).isEligible()).isTrue();
		this.monitor.failures().onNotOpened(FIRST, refusal);
		assertThat(replica(0).status()).isInstanceOfSatisfying(Ineligible.class,
				(status) -> assertThat(status.cause()).isEqualTo(Cause.REFUSED));
		assertThat(replica(0).status().toString()).contains("Access denied", "SQLState 28000, error 1045", "username");
		Awaitility.await().until(() -> trials.get() > 5);
		assertThat(replica(0).isEligible()).isFalse();
		assertThat(replica(1).isEligible()).isTrue();
		refuses.set(false);
		Awaitility.await().until(() -> replica(0).isEligible());
		int enough = trials.get();
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> trials.get() == enough);
	}

	@ParameterizedTest
	@CsvSource({ "28000, 1045, true", "42000, 1044, true", "42000, 1049, true", "HY000, 1130, true",
			"HY000, 3118, true", "HY000, 1862, true", "08S01, 0, true", "08004, 1040, false", "42000, 1203, false",
			"42000, 1226, false", "HY000, 1105, false", ", 0, false" })
	void replicaIsTakenOutWhenItsPoolCannotConnect(@Nullable String state, int code, boolean out) {
		this.monitor.start();
		this.monitor.setPoolTrial((node) -> {
			throw new SQLException("still not", state, code);
		});
		this.monitor.failures().onNotOpened(FIRST, new SQLException("refused", state, code));
		assertThat(replica(0).isEligible()).isEqualTo(!out);
	}

	@Test
	void refusedPoolOfThePrimaryTakesNoServerOut() {
		this.monitor.start();
		this.monitor.failures().onNotOpened(PRIMARY, new SQLException("Access denied", "28000", 1045));
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> this.monitor.snapshot().canWrite());
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
			// Found by the scheduler's thread, since the probe does not end.
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

	/** Its link to the source is silent: it hears of nothing that it could be behind. */
	@Test
	void replicaThatMissesTransactionsOfThePrimaryIsOutAfterTheMaximumLag() {
		has("p", 1, 10);
		has("r1", 1, 10);
		has("r2", 1, 10);
		this.monitor.start();
		assertThat(this.monitor.snapshot().replicas()).allMatch(NodeState::isEligible);
		has("p", 1, 11);
		has("r2", 1, 11);
		Awaitility.await().until(() -> !replica(0).isEligible());
		assertThat(replica(0).status().toString()).contains("is over read-replica-routing.max-lag (1000 ms)",
				"check its link");
		assertThat(replica(1).status()).isEqualTo(new Eligible(Duration.ZERO));
		has("r1", 1, 11);
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	private void has(String name, long first, long last) {
		GtidSet executed = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:" + first + "-" + last);
		this.probes.put(name,
				() -> name.equals("p") ? new Observation.Primary(false, executed) : new Observation.Replica(
						new ReplicationReport(Receiver.CONNECTED, "", true, "", Duration.ZERO), executed));
	}

	@Test
	void replicaThatRefusesConnectionsIsOutAtOnceAndReturnsAfterGoodProbes() {
		TopologyMonitor notRunning = this.monitor;
		notRunning.failures().onFailure(FIRST, new SQLTransientConnectionException("refused", "08S01"));
		assertThat(replica(0).status().toString()).contains("could not be opened").contains("refused");
		notRunning.start();
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void otherFailuresDoNotTakeTheReplicaOut() {
		this.monitor.start();
		this.monitor.failures().onFailure(FIRST, new SQLException("too many connections", "08004"));
		this.monitor.failures().onFailure(FIRST, new SQLException("pool exhausted"));
		this.monitor.failures().onFailure(PRIMARY, new SQLException("refused", "08S01"));
		assertThat(replica(0).status()).isInstanceOf(Eligible.class);
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
	}

	@Test
	void brokenStatementTakesAServerOutOnlyIfAProbeConfirmsIt() {
		this.monitor.start();
		List<DatabaseNode> lost = new CopyOnWriteArrayList<>();
		this.monitor.addLossListener(lost::add);
		this.monitor.failures().onBroken(FIRST, new SQLException("killed", "08S01"));
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> replica(0).isEligible());
		assertThat(lost).isEmpty();
		this.probes.put("r1", () -> new Observation.Unreachable("refused"));
		this.monitor.failures().onBroken(FIRST, new SQLException("link failure", "08S01"));
		Awaitility.await().until(() -> !replica(0).isEligible());
		Awaitility.await().untilAsserted(() -> assertThat(lost).containsExactly(FIRST));
	}

	@Test
	void refusedWriteTriggersAProbeOfThePrimary() {
		try (TopologyMonitor slow = monitor(PrimaryDiscovery.STATIC, Duration.ofHours(1))) {
			slow.start();
			assertThat(slow.snapshot().canWrite()).isTrue();
			this.probes.put("p", () -> new Observation.Primary(true, GtidSet.NONE));
			slow.failures().onRefusedWrite(PRIMARY, new SQLException("read-only", "HY000", 1290));
			Awaitility.await().until(() -> !slow.snapshot().canWrite());
		}
	}

	@Test
	void manyCallersOfAskPrimaryDoNotDelayTheSchedule() {
		CountDownLatch over = new CountDownLatch(1);
		ExecutorService many = Executors.newFixedThreadPool(8);
		try (TopologyMonitor polled = monitor(PrimaryDiscovery.STATIC, Duration.ofMillis(50))) {
			polled.start();
			assertThat(polled.snapshot().canWrite()).isTrue();
			this.probes.put("p", () -> {
				hang(Duration.ofMillis(100));
				return new Observation.Unreachable("no response");
			});
			for (int i = 0; i < 8; i++) {
				many.execute(() -> {
					while (over.getCount() > 0) {
						polled.executedGtids().askPrimary(PRIMARY, Duration.ofSeconds(1));
					}
				});
			}
			Awaitility.await().until(() -> !polled.snapshot().canWrite());
			over.countDown();
		}
		finally {
			over.countDown();
			many.shutdown();
		}
	}

	@Test
	void demotedServerIsNoAuthority() {
		serve("p", true);
		serve("r1", false);
		serve("r2", false);
		try (TopologyMonitor discovering = monitor(PrimaryDiscovery.READ_ONLY_FLAG, Duration.ofHours(1))) {
			discovering.start();
			assertThat(discovering.executedGtids().askPrimary(PRIMARY, Duration.ofSeconds(10))).isEqualTo(GtidSet.NONE);
			serve("p", false);
			assertThat(discovering.executedGtids().askPrimary(PRIMARY, Duration.ofSeconds(10))).isNull();
			assertThat(discovering.snapshot().canWrite()).isFalse();
		}
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

	private void serve(String name, boolean writable) {
		this.probes.put(name,
				() -> new Observation.Server(!writable,
						new ReplicationReport(writable ? Receiver.ABSENT : Receiver.CONNECTED, "", !writable, "",
								writable ? null : Duration.ZERO),
						null, GtidSet.NONE));
	}

	private TopologyMonitor monitor(PrimaryDiscovery discovery, Duration interval) {
		return new TopologyMonitor(endpoint(PRIMARY), List.of(endpoint(FIRST), endpoint(SECOND)),
				new MonitorSettings(discovery, interval, Duration.ofSeconds(1), 2, 2, Duration.ofSeconds(1)),
				this::probe);
	}

	private Probe probe(NodeEndpoint endpoint) {
		return new Probe() {

			@Override
			public Observation probe() {
				return Objects.requireNonNull(TopologyMonitorTests.this.probes.get(endpoint.node().name())).get();
			}

			@Override
			public @Nullable String server() {
				return Objects
					.requireNonNull(TopologyMonitorTests.this.servers.getOrDefault(endpoint.node().name(), () -> "id"))
					.get();
			}

			@Override
			public void close() {
			}

		};
	}

	private Observation hang() {
		return hang(Duration.ofDays(1));
	}

	private Observation hang(Duration time) {
		try {
			boolean unused = this.never.await(time.toMillis(), TimeUnit.MILLISECONDS);
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
		return new NodeEndpoint(node, "jdbc:none", null, null, new Properties());
	}

	/** As when there is no memory left for a line. */
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
