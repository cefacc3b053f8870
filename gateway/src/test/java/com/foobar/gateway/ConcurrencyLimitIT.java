package com.foobar.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What happens to requests above the concurrency, rate and address limits.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConcurrencyLimitIT {

	@TempDir
	private static Path certificates;

	private static TestBackend backend;

	@BeforeAll
	static void start() {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
	}

	@AfterAll
	static void stop() {
		backend.close();
	}

	@Test
	void rejectsImmediatelyWhenTheQueueIsFull() {
		try (TestGateway gateway = new TestGateway(certificates, List.of(backend), "gateway.concurrency.max-requests=1",
				"gateway.concurrency.max-queued=1", "gateway.concurrency.queue-timeout=30s")) {
			gateway.awaitBackends("UP", 1);
			backend.forget();
			CompletableFuture<TestGateway.Response> first = CompletableFuture.supplyAsync(() -> gateway.get("/slow"));
			await().until(() -> backend.received("/slow") == 1);
			List<CompletableFuture<TestGateway.Response>> others = List.of(
					CompletableFuture.supplyAsync(() -> gateway.get("/slow")),
					CompletableFuture.supplyAsync(() -> gateway.http2("/slow")));
			assertThat(first.join().status()).isEqualTo(200);
			assertThat(others.stream().map((other) -> other.join().status())).containsAnyOf(200);
			for (CompletableFuture<TestGateway.Response> other : others) {
				if (other.join().status() != 200) {
					assertThat(other.join().status()).isEqualTo(503);
					assertThat(other.join().header("Retry-After")).isNotNull();
					assertThat(other.join().header("Content-Type")).startsWith("application/problem+json");
				}
			}
			// Every permit is free again.
			assertThat(gateway.get("/").status()).isEqualTo(200);
		}
	}

	@Test
	void triesAnotherBackendWhenOneIsFullAndRejectsWhenAllAre() {
		try (TestBackend other = new TestBackend("other");
				TestGateway gateway = new TestGateway(certificates, List.of(backend, other),
						"gateway.client.max-connections=1", "gateway.client.max-pending=1",
						"gateway.client.acquire-timeout=300ms", "gateway.client.response-timeout=20s")) {
			gateway.awaitBackends("UP", 2);
			backend.forget();
			List<Disposable> held = new ArrayList<>();
			held.add(hold(gateway));
			await().until(() -> backend.received("/never") + other.received("/never") == 1);
			// Round robin; a request for a full backend goes to the other.
			assertThat(Stream.generate(() -> gateway.get("/")).limit(4).map(TestGateway.Response::status))
				.containsOnly(200);
			held.add(hold(gateway));
			await().until(() -> backend.received("/never") == 1 && other.received("/never") == 1);
			TestGateway.Response refused = gateway.get("/");
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).isEqualTo("2");
			assertThat(refused.body()).contains("It was not carried out");
			held.forEach(Disposable::dispose);
			await().untilAsserted(() -> assertThat(gateway.get("/").status()).isEqualTo(200));
		}
	}

	private static Disposable hold(TestGateway gateway) {
		return gateway.client().get().uri(gateway.https("/never")).response().subscribe((response) -> {
		}, (ended) -> {
		});
	}

	@Test
	void sendsRateLimitHeadersAndEnforcesTheLimit() {
		try (TestGateway gateway = new TestGateway(certificates, List.of(backend), "gateway.rate-limit.requests=2",
				"gateway.rate-limit.window=1h")) {
			gateway.awaitBackends("UP", 1);
			TestGateway.Response first = gateway.get("/");
			assertThat(first.status()).isEqualTo(200);
			assertThat(first.header("RateLimit-Policy")).isEqualTo("\"address\";q=2;w=3600");
			assertThat(first.header("RateLimit")).isEqualTo("\"address\";r=1;t=1800");
			assertThat(gateway.http2("/").status()).isEqualTo(200);
			TestGateway.Response refused = gateway.get("/");
			assertThat(refused.status()).isEqualTo(429);
			assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isBetween(1700, 1800);
			assertThat(refused.header("RateLimit")).startsWith("\"address\";r=0;t=1");
			assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		}
	}

	@Test
	void rejectsDeniedAddresses() {
		backend.forget();
		try (TestGateway gateway = new TestGateway(certificates, List.of(backend),
				"gateway.ip-filter.deny=192.0.2.0/24,127.0.0.0/8")) {
			TestGateway.Response refused = gateway.get("/denied");
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
			assertThat(backend.received("/denied")).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "gateway.ip-filter.allow=10.0.0.1/8, gateway.ip-filter.allow contains '10.0.0.1/8'",
			"gateway.rate-limit.requests=-1, gateway.rate-limit.requests is -1",
			"gateway.rate-limit.window=500ms, gateway.rate-limit.window is PT0.5S",
			"gateway.concurrency.max-requests=0, gateway.concurrency.max-requests is 0",
			"gateway.concurrency.queue-timeout=-1s, gateway.concurrency.queue-timeout is PT-1S" })
	void invalidSettingIsReported(String setting, String message, CapturedOutput output) {
		assertThatThrownBy(() -> new TestGateway(certificates, List.of(backend), setting).close())
			.isInstanceOf(Exception.class);
		assertThat(output).contains(message, "Action:").doesNotContain("\tat com.foobar");
	}

}
