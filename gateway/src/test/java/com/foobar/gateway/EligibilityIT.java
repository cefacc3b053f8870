package com.foobar.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which backends get requests when backends fail, are ejected and return, in the running
 * gateway.
 */
class EligibilityIT {

	private static final String PASSWORD = "correct horse battery";

	@TempDir
	private Path directory;

	@BeforeEach
	void makeCertificate() {
		TestCertificates.write(this.directory, 1);
	}

	@Test
	void ejectsNoMoreThanTheMaximumShare() {
		try (TestBackend sound = new TestBackend("sound");
				TestBackend first = new TestBackend("first");
				TestBackend second = new TestBackend("second");
				TestBackend third = new TestBackend("third");
				TestGateway gateway = new TestGateway(this.directory, List.of(sound, first, second, third),
						"gateway.outlier-detection.consecutive-failures=2",
						"gateway.outlier-detection.base-ejection-time=5m",
						"gateway.outlier-detection.max-ejection-percent=50")) {
			gateway.awaitBackends("UP", 4);
			Stream.of(first, second, third).forEach((backend) -> backend.failing(true));
			respondingBackends(gateway, 40);
			assertThat(Stream.of(first, second, third).map((backend) -> line(gateway, backend).get("ejections")))
				.containsExactlyInAnyOrder(1, 1, 0);
			assertThat(respondingBackends(gateway, 8)).contains("sound").hasSize(2);
		}
	}

	@Test
	void ignoresEjectionsBelowThePanicThreshold() {
		try (TestBackend sound = new TestBackend("sound");
				TestBackend broken = new TestBackend("broken");
				TestBackend down = new TestBackend("down");
				TestGateway gateway = new TestGateway(this.directory, List.of(sound, broken, down),
						"gateway.outlier-detection.consecutive-failures=2",
						"gateway.outlier-detection.base-ejection-time=5m")) {
			gateway.awaitBackends("UP", 3);
			broken.failing(true);
			respondingBackends(gateway, 12);
			assertThat(respondingBackends(gateway, 6)).containsExactlyInAnyOrder("sound", "down");
			assertThat(line(gateway, broken).get("effectiveWeight")).isEqualTo(0.0);
			down.kill();
			await().untilAsserted(() -> assertThat(line(gateway, broken).get("effectiveWeight")).isEqualTo(1.0));
			assertThat(line(gateway, broken).get("ejectedUntil")).isNotNull();
			assertThat(respondingBackends(gateway, 6)).containsExactlyInAnyOrder("sound", "broken");
			down.start();
			gateway.awaitBackends("UP", 3);
			assertThat(respondingBackends(gateway, 6)).containsExactlyInAnyOrder("sound", "down");
		}
	}

	@Test
	void ejectsForLongerEachTime() {
		try (TestBackend sound = new TestBackend("sound");
				TestBackend broken = new TestBackend("broken");
				TestGateway gateway = new TestGateway(this.directory, List.of(sound, broken),
						"gateway.outlier-detection.consecutive-failures=2",
						"gateway.outlier-detection.base-ejection-time=4s")) {
			gateway.awaitBackends("UP", 2);
			broken.failing(true);
			assertThat(lengthOfEjection(gateway, broken, 1)).isLessThanOrEqualTo(Duration.ofSeconds(4));
			assertThat(lengthOfEjection(gateway, broken, 2)).isGreaterThan(Duration.ofSeconds(4))
				.isLessThanOrEqualTo(Duration.ofSeconds(8));
		}
	}

	// Measured from the poll that sees the ejection. Requests are sent until then, so
	// that the
	// error is short.
	private static Duration lengthOfEjection(TestGateway gateway, TestBackend backend, int number) {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			respondingBackends(gateway, 4);
			return Integer.valueOf(number).equals(line(gateway, backend).get("ejections"));
		});
		Instant until = Instant.parse(String.valueOf(line(gateway, backend).get("ejectedUntil")));
		return Duration.between(Instant.now(), until);
	}

	@Test
	void returningBackendStartsSlowly() throws Exception {
		Path password = Files.writeString(this.directory.resolve("password"), PASSWORD);
		try (TestBackend warm = new TestBackend("warm");
				TestBackend back = new TestBackend("back");
				TestGateway gateway = new TestGateway(this.directory, List.of(warm, back),
						"gateway.load-balancer.slow-start=6s", "gateway.admin.password-file=" + password)) {
			gateway.awaitBackends("UP", 2);
			// Slow start applies only once another backend is warm.
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				command(gateway, back, "drain");
				command(gateway, back, "ready");
				return weight(gateway, back) < 1;
			});
			List<Double> weights = new ArrayList<>();
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				weights.add(weight(gateway, back));
				return weights.get(weights.size() - 1) >= 1;
			});
			assertThat(weights).isSorted();
			assertThat(weights.stream().distinct()).hasSizeGreaterThan(2);
			assertThat(weights.get(0)).isLessThan(1);
			assertThat(weight(gateway, warm)).isEqualTo(1);
		}
	}

	private static void command(TestGateway gateway, TestBackend backend, String adminState) {
		gateway.command("127.0.0.1:" + backend.port(), "{\"adminState\":\"" + adminState + "\"}", "alice:" + PASSWORD);
	}

	private static double weight(TestGateway gateway, TestBackend backend) {
		return ((Number) Objects.requireNonNull(line(gateway, backend).get("effectiveWeight"))).doubleValue();
	}

	private static List<String> respondingBackends(TestGateway gateway, int requests) {
		return Stream.generate(() -> gateway.get("/").backend()).limit(requests).distinct().toList();
	}

	/** The gateway's report of a backend. */
	static Map<String, Object> line(TestGateway gateway, TestBackend backend) {
		List<Map<String, Object>> lines = JsonPath.read(gateway.management("/actuator/backends").body(),
				"$.backends[?(@.port == " + backend.port() + ")]");
		return lines.get(0);
	}

}
