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
 * Who serves when backends fail, are ejected and come back, in the running gateway.
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
	void ejectsNoMoreThanItsShare() {
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
			ask(gateway, 40);
			assertThat(Stream.of(first, second, third).map((backend) -> line(gateway, backend).get("ejections")))
				.containsExactlyInAnyOrder(1, 1, 0);
			assertThat(ask(gateway, 8)).contains("sound").hasSize(2);
		}
	}

	@Test
	void disregardsEjectionsWhenTooFewAreLeft() {
		try (TestBackend sound = new TestBackend("sound");
				TestBackend broken = new TestBackend("broken");
				TestBackend down = new TestBackend("down");
				TestGateway gateway = new TestGateway(this.directory, List.of(sound, broken, down),
						"gateway.outlier-detection.consecutive-failures=2",
						"gateway.outlier-detection.base-ejection-time=5m")) {
			gateway.awaitBackends("UP", 3);
			broken.failing(true);
			ask(gateway, 12);
			assertThat(ask(gateway, 6)).containsExactlyInAnyOrder("sound", "down");
			assertThat(line(gateway, broken).get("effectiveWeight")).isEqualTo(0.0);
			down.kill();
			await().untilAsserted(() -> assertThat(line(gateway, broken).get("effectiveWeight")).isEqualTo(1.0));
			assertThat(line(gateway, broken).get("ejectedUntil")).isNotNull();
			assertThat(ask(gateway, 6)).containsExactlyInAnyOrder("sound", "broken");
			down.start();
			gateway.awaitBackends("UP", 3);
			assertThat(ask(gateway, 6)).containsExactlyInAnyOrder("sound", "down");
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

	// From the last look before it; as the backend is asked until it is ejected, that is
	// not long.
	private static Duration lengthOfEjection(TestGateway gateway, TestBackend backend, int number) {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			ask(gateway, 4);
			return Integer.valueOf(number).equals(line(gateway, backend).get("ejections"));
		});
		Instant until = Instant.parse(String.valueOf(line(gateway, backend).get("ejectedUntil")));
		return Duration.between(Instant.now(), until);
	}

	@Test
	void whatComesBackStartsSlowly() throws Exception {
		Path password = Files.writeString(this.directory.resolve("password"), PASSWORD);
		try (TestBackend warm = new TestBackend("warm");
				TestBackend back = new TestBackend("back");
				TestGateway gateway = new TestGateway(this.directory, List.of(warm, back),
						"gateway.load-balancer.slow-start=6s", "gateway.admin.password-file=" + password)) {
			gateway.awaitBackends("UP", 2);
			// Until the other is warm there is nobody to take the load.
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				order(gateway, back, "drain");
				order(gateway, back, "ready");
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

	private static void order(TestGateway gateway, TestBackend backend, String adminState) {
		gateway.order("127.0.0.1:" + backend.port(), "{\"adminState\":\"" + adminState + "\"}", "alice:" + PASSWORD);
	}

	private static double weight(TestGateway gateway, TestBackend backend) {
		return ((Number) Objects.requireNonNull(line(gateway, backend).get("effectiveWeight"))).doubleValue();
	}

	private static List<String> ask(TestGateway gateway, int requests) {
		return Stream.generate(() -> gateway.get("/").backend()).limit(requests).distinct().toList();
	}

	/** What the gateway tells of a backend. */
	static Map<String, Object> line(TestGateway gateway, TestBackend backend) {
		List<Map<String, Object>> lines = JsonPath.read(gateway.management("/actuator/backends").body(),
				"$.backends[?(@.port == " + backend.port() + ")]");
		return lines.get(0);
	}

}
