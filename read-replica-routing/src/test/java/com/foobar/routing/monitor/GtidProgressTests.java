package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GtidProgressTests extends MonitorTestSupport {

	@Test
	void progressFromReadersIsPublishedWhileTheMonitorIsBusy() throws InterruptedException {
		GtidSet executed = GtidSet.parse("0-1-7");
		this.monitor.start();
		CountDownLatch busy = new CountDownLatch(1);
		this.servers.put("r2", () -> {
			busy.countDown();
			hang();
			return "id";
		});
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		this.monitor.executedGtids().record(FIRST, "id", executed);
		TopologySnapshot known = this.monitor.snapshot();
		assertThat(replica(0).executed().contains(executed)).isTrue();
		this.monitor.executedGtids().record(FIRST, "id", executed);
		assertThat(this.monitor.snapshot()).as("nothing new").isSameAs(known);
		this.monitor.executedGtids().record(FIRST, "another", GtidSet.parse("0-1-8"));
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
					this.monitor.executedGtids().record(FIRST, null, GtidSet.parse(domain + "-1-" + number));
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

	/** Its link to the source is silent, so it reports no lag. */
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
						polled.executedGtids().queryPrimary(PRIMARY, Duration.ofSeconds(1));
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
			assertThat(discovering.executedGtids().queryPrimary(PRIMARY, Duration.ofSeconds(10)))
				.isEqualTo(GtidSet.NONE);
			serve("p", false);
			assertThat(discovering.executedGtids().queryPrimary(PRIMARY, Duration.ofSeconds(10))).isNull();
			assertThat(discovering.snapshot().canWrite()).isFalse();
		}
	}

}
