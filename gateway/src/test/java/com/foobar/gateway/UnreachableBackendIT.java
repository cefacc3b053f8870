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
 * What happens to a request whose backend cannot be reached. Checks are rare here, so
 * that nothing but the requests themselves finds the faults.
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
		// One check each, which must not fail because the machine is busy: the next is
		// far.
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
	void whatWasNeverSentIsSentElsewhere() {
		this.second.kill();
		for (String method : List.of("POST", "GET", "PUT", "DELETE", "PATCH", "POST")) {
			TestGateway.Answer answer = this.gateway.send(method, "/", method.equals("GET") ? null : "body");
			assertThat(answer.status()).as(method).isEqualTo(200);
			assertThat(answer.backend()).isEqualTo("first");
		}
		this.gateway.awaitBackends("SUSPECTED", 1);
	}

	@Test
	void whenNoneCanBeReachedNothingWasCarriedOut() {
		this.first.kill();
		this.second.kill();
		TestGateway.Answer answer = this.gateway.send("POST", "/", "x");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Retry-After")).isNotNull();
		assertThat(answer.body()).contains("not carried out");
	}

	// A name service forgets a dead container sooner than a connection to it gives up.
	@Test
	void aRequestInFlightOutlivesItsBackendsName() {
		Backends backends = this.gateway.context().getBean(Backends.class);
		CompletableFuture<TestGateway.Answer> answer = CompletableFuture.supplyAsync(() -> this.gateway.get("/slow"));
		await().until(() -> backends.snapshot().states().stream().anyMatch((state) -> state.backend().inFlight() > 0));
		boolean firstIsAsked = backends.snapshot()
			.states()
			.stream()
			.anyMatch((state) -> state.backend().inFlight() > 0
					&& state.backend().address().getPort() == this.first.port());
		TestBackend victim = firstIsAsked ? this.first : this.second;
		backends.replace(backends.snapshot()
			.states()
			.stream()
			.map(BackendState::backend)
			.filter((backend) -> backend.address().getPort() != victim.port())
			.toList());
		victim.kill();
		assertThat(answer.join().status()).isEqualTo(200);
		assertThat(answer.join().backend()).isEqualTo(firstIsAsked ? "second" : "first");
	}

}
