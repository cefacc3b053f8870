package com.foobar.local;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.foobar.local.process.Part;
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
	void errorIsReportedAndThePartStillBroughtBack() {
		List<String> events = new CopyOnWriteArrayList<>();
		DyingPart part = new DyingPart();
		Supervisor supervisor = new Supervisor(List.of(part), events::add);
		await().until(() -> events.contains("gateway is ready again"));
		supervisor.close();
		assertThat(part.isStarted()).isTrue();
		assertThat(events)
			.anyMatch((event) -> event.contains("gateway") && event.contains("NoClassDefFoundError: looking"))
			.anyMatch((event) -> event.contains("gateway") && event.contains("NoClassDefFoundError: starting"));
	}

	/** Fails in an unforeseen way when it is looked at first, and when first started. */
	private static final class DyingPart implements Part {

		private final AtomicInteger glances = new AtomicInteger();

		private final AtomicInteger starts = new AtomicInteger();

		private boolean isStarted() {
			return this.starts.get() == 2;
		}

		@Override
		public String name() {
			return "gateway";
		}

		@Override
		public int port() {
			return 1;
		}

		@Override
		public boolean isRunning() {
			if (this.glances.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("looking");
			}
			return isStarted();
		}

		@Override
		public Optional<ProcessHandle> process() {
			return Optional.empty();
		}

		@Override
		public void start() {
			if (this.starts.incrementAndGet() == 1) {
				throw new NoClassDefFoundError("starting");
			}
		}

		@Override
		public void stop() {
		}

		@Override
		public void kill() {
		}

		@Override
		public void pause() {
		}

		@Override
		public void resume() {
		}

	}

}
