package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Backends that start, stop, refuse and return, as a client sees it.
 */
class LoadBalancingIT {

	private static TestBackend first;

	private static TestBackend second;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		first = new TestBackend("first");
		second = new TestBackend("second");
		gateway = new TestGateway(certificates, List.of(first, second));
	}

	@BeforeEach
	void bothAreUp() {
		gateway.awaitBackends("UP", 2);
	}

	@AfterEach
	void restore() {
		first.ready(200, TestBackend.READY);
		second.ready(200, TestBackend.READY);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	void requestsAreDistributedRoundRobin() {
		List<String> served = Stream.generate(() -> gateway.get("/").backend()).limit(6).toList();
		assertThat(served).containsOnly("first", "second");
		for (int i = 1; i < served.size(); i++) {
			assertThat(served.get(i)).isNotEqualTo(served.get(i - 1));
		}
	}

	@Test
	void servesHttp2() {
		assertThat(gateway.http2("/").status()).isEqualTo(200);
	}

	@Test
	void backendThatRefusesReadinessIsExcludedUntilItIsReady() {
		first.ready(503, "{\"status\":\"OUT_OF_SERVICE\"}");
		gateway.awaitBackends("NOT_READY", 1);
		assertThat(Stream.generate(() -> gateway.get("/").backend()).limit(6)).containsOnly("second");
		first.ready(200, TestBackend.READY);
		gateway.awaitBackends("UP", 2);
		assertThat(Stream.generate(() -> gateway.get("/").backend()).limit(4)).contains("first");
	}

	@Test
	void killedBackendFailsNoSafeRequest() throws InterruptedException {
		AtomicBoolean stop = new AtomicBoolean();
		AtomicInteger good = new AtomicInteger();
		AtomicInteger bad = new AtomicInteger();
		ExecutorService clients = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 8; i++) {
			clients.execute(() -> {
				while (!stop.get()) {
					(isGood() ? good : bad).incrementAndGet();
				}
			});
		}
		await().until(() -> good.get() > 200);
		first.kill();
		int atKill = good.get();
		await().until(() -> good.get() > atKill + 400);
		first.start();
		gateway.awaitBackends("UP", 2);
		int atReturn = first.received("/");
		await().until(() -> first.received("/") > atReturn + 50);
		stop.set(true);
		clients.shutdown();
		assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(bad).hasValue(0);
	}

	private static boolean isGood() {
		try {
			return gateway.get("/").status() == 200;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	@Test
	void withoutAnyBackendSendsRetryAfter() {
		first.ready(503, "");
		second.ready(503, "");
		gateway.awaitBackends("NOT_READY", 2);
		TestGateway.Response response = gateway.get("/");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.header("Retry-After")).isEqualTo("2");
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(response.body()).contains("\"status\":503", response.header("X-Request-Id"));
		TestGateway.Response page = gateway.get("/", (headers) -> headers.set("Accept", "text/html,*/*;q=0.8"));
		assertThat(page.status()).isEqualTo(503);
		assertThat(page.header("Content-Type")).startsWith("text/html");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
		assertThat(page.body()).contains("<!doctype html>", page.header("X-Request-Id"));
		assertThat(gateway.management("/actuator/health").status()).isEqualTo(503);
		assertThat(gateway.management("/readyz").status()).isEqualTo(200);
	}

	@Test
	void readOnlyBackendGetsNoUnsafeRequest() {
		first.ready(200, TestBackend.READ_ONLY);
		await().untilAsserted(
				() -> assertThat(gateway.management("/actuator/backends").body()).contains("\"writes\":false"));
		int before = first.received("/written");
		assertThat(Stream.generate(() -> gateway.send("POST", "/written", "x").backend()).limit(6))
			.containsOnly("second");
		assertThat(first.received("/written")).isEqualTo(before);
		assertThat(Stream.generate(() -> gateway.get("/").backend()).limit(6)).contains("first", "second");
	}

	@Test
	void unsafeRequestIsRejectedWhenNoBackendCanWrite() {
		makeAllReadOnly();
		int before = first.received("/unsent") + second.received("/unsent");
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
			TestGateway.Response response = gateway.send(method, "/unsent", "x");
			assertThat(response.status()).as(method).isEqualTo(503);
			assertThat(response.header("Retry-After")).isEqualTo("2");
			assertThat(response.body()).contains("reading works");
		}
		assertThat(first.received("/unsent") + second.received("/unsent")).isEqualTo(before);
		assertThat(gateway.get("/").status()).isEqualTo(200);
	}

	@Test
	void htmlFormIsForwardedWhenNoBackendCanWrite() {
		makeAllReadOnly();
		TestGateway.Response response = gateway.send("POST", "/", "text=kept",
				(headers) -> headers.set("Sec-Fetch-Mode", "navigate"));
		assertThat(response.backend()).isIn("first", "second");
	}

	private static void makeAllReadOnly() {
		first.ready(200, TestBackend.READ_ONLY);
		second.ready(200, TestBackend.READ_ONLY);
		await().untilAsserted(
				() -> assertThat(gateway.management("/actuator/backends").body()).doesNotContain("\"writes\":true"));
	}

	@Test
	void endpointListsEveryBackend() {
		gateway.get("/");
		assertThat(gateway.management("/actuator/backends").body()).contains("\"name\":\"127.0.0.1:" + first.port())
			.contains("\"state\":\"UP\"")
			.contains("\"inFlight\":0")
			.contains("\"requests\":");
		assertThat(gateway.management("/actuator/prometheus").status()).isEqualTo(200);
		for (String hidden : List.of("env", "beans", "gateway", "heapdump", "loggers", "refresh", "configprops")) {
			assertThat(gateway.management("/actuator/" + hidden).status()).as(hidden).isEqualTo(404);
		}
	}

}
