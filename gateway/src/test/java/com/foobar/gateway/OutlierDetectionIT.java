package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A backend that passes its checks and fails its requests; an exhausted retry budget.
 */
class OutlierDetectionIT {

	@Test
	void failingBackendIsEjectedForATime(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend broken = new TestBackend("broken");
				TestBackend sound = new TestBackend("sound");
				TestGateway gateway = new TestGateway(certificates, List.of(broken, sound),
						"gateway.outlier-detection.consecutive-failures=3",
						"gateway.outlier-detection.base-ejection-time=2s")) {
			gateway.awaitBackends("UP", 2);
			broken.failing(true);
			Stream.generate(() -> gateway.get("/")).limit(6).forEach((response) -> {
			});
			assertThat(broken.received("/")).isEqualTo(3);
			assertThat(gateway.management("/actuator/backends").body()).contains("\"ejections\":1")
				.contains("\"ejectedUntil\":\"");
			assertThat(served(gateway)).containsOnly("sound");
			broken.failing(false);
			await().untilAsserted(() -> assertThat(served(gateway)).contains("broken", "sound"));
		}
	}

	@Test
	void unreadableResponsesAreRetriedElsewhereAndEject(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (RawBackend bad = new RawBackend(
				(request) -> List.of("HTTP/1.1 103 Early Hints\r\n\r\n", RawBackend.PAUSE, "no HTTP\r\n"));
				TestBackend sound = new TestBackend("sound");
				TestGateway gateway = new TestGateway(certificates, bad.url() + "," + sound.url(),
						"gateway.outlier-detection.consecutive-failures=3",
						"gateway.outlier-detection.base-ejection-time=60s")) {
			gateway.awaitBackends("UP", 2);
			assertThat(IntStream.range(0, 40)
				.mapToObj((i) -> (i % 2 == 0) ? gateway.get("/") : gateway.http2("/"))
				.map(TestGateway.Response::backend)).containsOnly("sound");
			assertThat(bad.requests()).isEqualTo(3);
			assertThat(gateway.management("/actuator/backends").body()).contains("\"ejections\":1")
				.contains("unreadable response");
			assertThat(UnreadableResponseIT.count(gateway, "unreadable")).isEqualTo(3);
		}
	}

	@Test
	void lastBackendIsNeverEjected(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend broken = new TestBackend("broken");
				TestGateway gateway = new TestGateway(certificates, List.of(broken),
						"gateway.outlier-detection.consecutive-failures=3")) {
			gateway.awaitBackends("UP", 1);
			broken.failing(true);
			assertThat(Stream.generate(() -> gateway.get("/").status()).limit(10)).containsOnly(500);
		}
	}

	@Test
	void exhaustedBudgetEndsRetries(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend first = new TestBackend("first");
				TestBackend second = new TestBackend("second");
				TestGateway gateway = new TestGateway(certificates, List.of(first, second), "gateway.retry.budget=0",
						"gateway.retry.budget-burst=2")) {
			gateway.awaitBackends("UP", 2);
			for (int i = 0; i < 5; i++) {
				assertThat(gateway.get("/drop").status()).isEqualTo(502);
			}
			assertThat(first.received("/drop") + second.received("/drop")).isEqualTo(5 + 2);
		}
	}

	private static List<String> served(TestGateway gateway) {
		return Stream.generate(() -> gateway.get("/").backend()).limit(6).toList();
	}

}
