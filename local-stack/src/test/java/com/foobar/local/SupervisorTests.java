package com.foobar.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.foobar.local.process.ChildProcess;
import com.foobar.local.process.ManagedProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SupervisorTests {

	@Test
	void waitsLongerEachTimeUpToHalfAMinute() {
		assertThat(Stream.iterate(Duration.ZERO, Supervisor::longer).limit(9).map(Duration::toSeconds))
			.containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
	}

	@Test
	void errorIsReportedAndTheProcessStillRestarted() {
		List<String> events = new CopyOnWriteArrayList<>();
		DyingProcess process = new DyingProcess();
		Supervisor supervisor = new Supervisor(List.of(process), events::add);
		await().until(() -> events.contains("gateway is ready again"));
		supervisor.close();
		assertThat(process.isStarted()).isTrue();
		assertThat(events)
			.anyMatch((event) -> event.contains("gateway") && event.contains("NoClassDefFoundError: checking"))
			.anyMatch((event) -> event.contains("gateway") && event.contains("NoClassDefFoundError: starting"));
	}

	/** Throws an error at the first check and at the first start. */
	private static final class DyingProcess extends ManagedProcess {

		private final AtomicInteger checks = new AtomicInteger();

		private final AtomicInteger starts = new AtomicInteger();

		DyingProcess() {
			super("gateway", 1, Path.of("log"), Duration.ZERO, Duration.ZERO, (name, process) -> {
			});
		}

		private boolean isStarted() {
			return this.starts.get() == 2;
		}

		@Override
		public synchronized boolean isRunning() {
			if (this.checks.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("checking");
			}
			return isStarted();
		}

		@Override
		public synchronized void start() {
			if (this.starts.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("starting");
			}
		}

		@Override
		protected ChildProcess launch() {
			throw new AssertionError("launched");
		}

		@Override
		protected Optional<String> probe() {
			return Optional.empty();
		}

	}

}
