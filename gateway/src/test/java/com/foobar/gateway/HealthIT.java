package com.foobar.gateway;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Health checks in the running gateway.
 */
class HealthIT {

	@Test
	void hangingCheckDoesNotDelayOtherBackends(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend hanging = new TestBackend("hanging");
				TestBackend other = new TestBackend("other");
				TestGateway gateway = new TestGateway(certificates, List.of(hanging, other),
						"gateway.health.timeout=5m")) {
			gateway.awaitBackends("UP", 2);
			hanging.silent(true);
			other.ready(503, "");
			gateway.awaitBackends("NOT_READY", 1);
			other.ready(200, TestBackend.READY);
			gateway.awaitBackends("UP", 2);
		}
	}

	@Test
	void timeoutsTakeABackendDownAfterFallAndUpAfterRise(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend first = new TestBackend("first");
				TestBackend second = new TestBackend("second");
				TestGateway gateway = new TestGateway(certificates, List.of(first, second),
						"gateway.health.timeout=200ms", "gateway.health.fall=4", "gateway.health.rise=3")) {
			gateway.awaitBackends("UP", 2);
			first.silent(true);
			Set<String> falling = seenUntil(gateway, first, "DOWN");
			assertThat(falling).doesNotContain("UP after 0 and 4", "UP after 0 and 5");
			assertThat(falling).filteredOn((seen) -> seen.startsWith("DOWN"))
				.noneMatch((seen) -> seen.matches("DOWN after 0 and [123]"));
			assertThat(line(gateway, first).get("lastError")).asString().contains("within PT0.2S");
			assertThat(gateway.get("/").backend()).isEqualTo("second");
			first.silent(false);
			assertThat(seenUntil(gateway, first, "UP")).doesNotContain("UP after 1 and 0", "UP after 2 and 0");
		}
	}

	@Test
	void informationalResponseDoesNotDecideReadiness(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (RawBackend backend = new RawBackend((request) -> List.of(RawBackend.ok("hello")))) {
			backend.respondToChecksWith("HTTP/1.1 102 Processing\r\n\r\n", RawBackend.PAUSE,
					"HTTP/1.1 103 Early Hints\r\n\r\n" + RawBackend.ok("{}"));
			try (TestGateway gateway = new TestGateway(certificates, backend.url())) {
				gateway.awaitBackends("UP", 1);
				backend.respondToChecksWith(
						"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
				gateway.awaitBackends("NOT_READY", 1);
				backend.respondToChecksWith("no HTTP\r\n");
				gateway.awaitBackends("DOWN", 1);
				assertThat(gateway.management("/actuator/backends").body()).contains("unreadable response");
			}
		}
	}

	private static Set<String> seenUntil(TestGateway gateway, TestBackend backend, String state) {
		Set<String> seen = new HashSet<>();
		await().until(() -> {
			Map<String, Object> line = line(gateway, backend);
			seen.add(line.get("state") + " after " + line.get("consecutiveSuccesses") + " and "
					+ line.get("consecutiveFailures"));
			return state.equals(line.get("state"));
		});
		return seen;
	}

	private static Map<String, Object> line(TestGateway gateway, TestBackend backend) {
		return EligibilityIT.line(gateway, backend);
	}

}
