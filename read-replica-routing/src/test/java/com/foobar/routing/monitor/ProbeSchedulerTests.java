package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.ProbeRun.Purpose;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ProbeSchedulerTests {

	private static final Observation WELL = new Observation.Primary(false, GtidSet.NONE);

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger failures = new AtomicInteger();

	/** Simulates that no further thread can be created. */
	private final ThreadPoolExecutor probeThreads = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>()) {

		@Override
		public void execute(Runnable task) {
			if (ProbeSchedulerTests.this.failures.getAndDecrement() > 0) {
				throw new InternalError("unable to create native thread");
			}
			super.execute(task);
		}

	};

	private final WatchedNode watched = new WatchedNode(new DatabaseNode("p", Role.PRIMARY), new Probe() {

		@Override
		public Observation probe() {
			return WELL;
		}

		@Override
		public void close() {
		}

	});

	@AfterEach
	void stop() {
		this.scheduler.shutdownNow();
		this.probeThreads.shutdownNow();
	}

	@Test
	void probeThatCannotStartCountsAsFailedAndTheNextOneFollows(CapturedOutput output) {
		LinkedBlockingQueue<Observation> recorded = new LinkedBlockingQueue<>();
		ProbeScheduler probeScheduler = new ProbeScheduler(this.scheduler, this.probeThreads,
				(node, run, observation) -> recorded.add(observation));
		this.failures.set(1);
		assertThat(probeScheduler.start(this.watched, Purpose.SCHEDULED)).isTrue();
		assertThat(recorded.poll()).isInstanceOfSatisfying(Observation.Unreachable.class,
				(found) -> assertThat(found.detail()).contains("unable to create native thread"));
		assertThat(output).contains("InternalError: unable to create native thread");
		assertThat(probeScheduler.start(this.watched, Purpose.SCHEDULED)).isTrue();
		Awaitility.await().until(() -> WELL.equals(recorded.peek()));
	}

	@Test
	void requestedProbeFollowsOneThatCannotStart() {
		LinkedBlockingQueue<Observation> recorded = new LinkedBlockingQueue<>();
		ProbeScheduler probeScheduler = new ProbeScheduler(this.scheduler, this.probeThreads,
				(node, run, observation) -> recorded.add(observation));
		this.failures.set(1);
		assertThat(probeScheduler.await(this.watched, Duration.ofSeconds(10)))
			.isInstanceOf(Observation.Unreachable.class);
		assertThat(probeScheduler.await(this.watched, Duration.ofSeconds(10))).isEqualTo(WELL);
	}

	@Test
	void errorWhileAResultIsRecordedIsLoggedAndTheNextProbeFollows(CapturedOutput output) {
		AtomicInteger calls = new AtomicInteger();
		ProbeScheduler probeScheduler = new ProbeScheduler(this.scheduler, this.probeThreads,
				(node, run, observation) -> {
					if (calls.incrementAndGet() == 1) {
						throw new NoClassDefFoundError("unforeseen");
					}
				});
		probeScheduler.start(this.watched, Purpose.SCHEDULED);
		Awaitility.await().until(() -> this.watched.current().isDone());
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("ERROR").contains("NoClassDefFoundError: unforeseen"));
		probeScheduler.request(this.watched, Purpose.SCHEDULED);
		Awaitility.await().until(() -> calls.get() == 2);
	}

}
