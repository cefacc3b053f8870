package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests whose backend cannot be reached. The check interval is long, so that only the
 * requests themselves detect the failure.
 */
class UnreachableBackendIT {

	@TempDir
	private static Path certificates;

	private final TestBackend first = new TestBackend("first");

	private final TestBackend second = new TestBackend("second");

	private TestGateway gateway;

	@BeforeAll
	static void certificate() {
		TestCertificates.write(certificates, 1);
	}

	@BeforeEach
	void start() {
		// One check each. It must not fail under load, because the next is far away.
		this.gateway = new TestGateway(certificates, List.of(this.first, this.second), "gateway.health.interval=30s",
				"gateway.health.timeout=10s", "gateway.backends.resolve-interval=1h");
		this.gateway.awaitBackends("UP", 2);
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.first.close();
		this.second.close();
	}

	@Test
	void unsentRequestIsRetriedElsewhere() {
		this.second.kill();
		for (String method : List.of("POST", "GET", "PUT", "DELETE", "PATCH", "POST")) {
			TestGateway.Response response = this.gateway.send(method, "/", method.equals("GET") ? null : "body");
			assertThat(response.status()).as(method).isEqualTo(200);
			assertThat(response.backend()).isEqualTo("first");
		}
		this.gateway.awaitBackends("SUSPECTED", 1);
	}

	@Test
	void noReachableBackendGives503() {
		this.first.kill();
		this.second.kill();
		TestGateway.Response response = this.gateway.send("POST", "/", "x");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.header("Retry-After")).isNotNull();
		assertThat(response.body()).contains("not carried out");
	}

	// A name server removes a dead container before connections to it time out.
	@Test
	void requestInFlightCompletesAfterItsBackendIsRemoved() {
		Backends backends = this.gateway.context().getBean(Backends.class);
		CompletableFuture<TestGateway.Response> response = CompletableFuture
			.supplyAsync(() -> this.gateway.get("/slow"));
		await().until(() -> backends.snapshot().states().stream().anyMatch((state) -> state.backend().inFlight() > 0));
		boolean firstIsNext = backends.snapshot()
			.states()
			.stream()
			.anyMatch((state) -> state.backend().inFlight() > 0
					&& state.backend().address().getPort() == this.first.port());
		TestBackend victim = firstIsNext ? this.first : this.second;
		backends.replace(backends.snapshot()
			.states()
			.stream()
			.map(BackendState::backend)
			.filter((backend) -> backend.address().getPort() != victim.port())
			.toList());
		victim.kill();
		assertThat(response.join().status()).isEqualTo(200);
		assertThat(response.join().backend()).isEqualTo(firstIsNext ? "second" : "first");
	}

}
