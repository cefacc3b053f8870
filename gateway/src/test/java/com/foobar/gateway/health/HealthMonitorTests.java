package com.foobar.gateway.health;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.DatabaseReports.DatabaseReport;
import com.foobar.gateway.backend.DatabaseReports;
import com.foobar.gateway.backend.TestBackends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class HealthMonitorTests {

	private static final HealthProperties PROPERTIES = new HealthProperties("/readyz", Duration.ofMillis(10),
			Duration.ofMillis(200), 1, 1);

	private static final Mono<ReadinessCheck.Result> READY = Mono.just(new ReadinessCheck.Result.Ready(true));

	private final Backends backends = TestBackends.none();

	private final AtomicInteger checks = new AtomicInteger();

	private HealthMonitor monitor = monitor(new DatabaseReports(), (backend) -> READY);

	@AfterEach
	void stop() {
		this.monitor.stop();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void checkThatThrowsCountsAsFailedAndTheNextFollows(Supplier<Mono<ReadinessCheck.Result>> failure) {
		this.monitor = monitor(new DatabaseReports(),
				(backend) -> (this.checks.incrementAndGet() <= 3) ? failure.get() : READY);
		start();
		await().untilAsserted(() -> assertThat(condition()).isEqualTo(HealthState.UP));
		assertThat(this.checks).hasValueGreaterThan(3);
	}

	static Stream<Arguments> failures() {
		return Stream.<Named<Supplier<Mono<ReadinessCheck.Result>>>>of(Named.of("exception thrown", () -> {
			throw new IllegalStateException("unforeseen");
		}), Named.of("error thrown", () -> {
			throw new NoClassDefFoundError("unforeseen");
		}), Named.of("exception", () -> Mono.error(new IllegalStateException("unforeseen"))),
				Named.of("error", () -> Mono.error(new NoClassDefFoundError("unforeseen"))),
				Named.of("error while it is read", () -> READY.map((result) -> {
					throw new StackOverflowError("unforeseen");
				})), Named.of("nothing found", Mono::empty))
			.map(Arguments::of);
	}

	@Test
	void errorAfterTheCheckIsLoggedAndTheNextCheckFollows(CapturedOutput output) {
		this.monitor = monitor(new DatabaseReports() {

			@Override
			public void report(Backend backend, List<DatabaseReport> databases) {
				if (HealthMonitorTests.this.checks.get() <= 3) {
					throw new NoClassDefFoundError("unforeseen");
				}
			}

		}, (backend) -> {
			this.checks.incrementAndGet();
			return READY;
		});
		start();
		await().untilAsserted(() -> assertThat(this.checks).hasValueGreaterThan(4));
		assertThat(output).contains("ERROR").contains("10.0.0.1:8080").contains("NoClassDefFoundError: unforeseen");
	}

	@Test
	void errorAfterAResultDoesNotDuplicateTheSchedule() {
		this.monitor = monitor(new DatabaseReports(), (backend) -> {
			this.checks.incrementAndGet();
			return Mono.fromDirect((subscriber) -> {
				READY.subscribe(subscriber);
				throw new NoClassDefFoundError("unforeseen");
			});
		});
		start();
		// If each error duplicated the schedule, there would be thousands.
		await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(this.checks).hasValueLessThan(100));
	}

	private HealthMonitor monitor(DatabaseReports databases, ReadinessCheck check) {
		return new HealthMonitor(this.backends, databases, check, PROPERTIES, Clock.systemUTC());
	}

	private void start() {
		this.backends.replace(List.of(new Backend("10.0.0.1:8080", false, new InetSocketAddress("10.0.0.1", 8080))));
		this.monitor.start();
	}

	private HealthState condition() {
		return this.backends.snapshot().states().get(0).health();
	}

}
