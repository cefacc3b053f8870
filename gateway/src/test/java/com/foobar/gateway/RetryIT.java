package com.foobar.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What happens to a request whose backend fails it.
 */
class RetryIT {

	@TempDir
	private static Path certificates;

	private final TestBackend first = new TestBackend("first");

	private final TestBackend second = new TestBackend("second");

	private TestGateway gateway;

	@BeforeAll
	static void certificate() {
		TestCertificates.write(certificates, 1);
	}

	// Checks are rare here, so that nothing but the requests themselves finds the faults.
	@BeforeEach
	void start() {
		this.gateway = new TestGateway(certificates, List.of(this.first, this.second), "gateway.health.interval=30s",
				"gateway.client.response-timeout=500ms", "foobar.show-route=true");
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.first.close();
		this.second.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "DELETE", "PATCH" })
	void whatWasNeverSentIsSentElsewhere(String method) {
		this.second.kill();
		assertThat(Stream.generate(() -> this.gateway.send(method, "/", method.equals("GET") ? null : "body")).limit(4))
			.allSatisfy((answer) -> {
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.backend()).isEqualTo("first");
			});
		this.gateway.awaitBackends("SUSPECTED", 1);
	}

	@Test
	void aSafeRequestThatGotNoAnswerIsSentElsewhereOnce() {
		assertThat(this.gateway.get("/drop").status()).isEqualTo(502);
		assertThat(this.first.received("/drop")).isEqualTo(1);
		assertThat(this.second.received("/drop")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE" })
	void anUnsafeRequestIsNotSentTwice(String method) {
		TestGateway.Answer answer = this.gateway.send(method, "/drop", "body");
		assertThat(answer.status()).isEqualTo(502);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(this.first.received("/drop") + this.second.received("/drop")).isEqualTo(1);
	}

	@Test
	void anUnavailableAnswerIsPassedOnOnlyIfNobodyHasABetter() {
		TestGateway.Answer answer = this.gateway.get("/unavailable");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.body()).isEqualTo("busy");
		assertThat(this.first.received("/unavailable")).isEqualTo(1);
		assertThat(this.second.received("/unavailable")).isEqualTo(1);
		assertThat(this.gateway.send("POST", "/unavailable", "x").status()).isEqualTo(503);
		assertThat(this.first.received("/unavailable") + this.second.received("/unavailable")).isEqualTo(3);
	}

	@Test
	void anErrorOfTheApplicationIsAnAnswer() {
		assertThat(this.gateway.get("/missing").status()).isEqualTo(404);
		assertThat(this.first.received("/missing") + this.second.received("/missing")).isEqualTo(1);
	}

	@Test
	void aSlowAnswerIsNotAskedForTwice() {
		TestGateway.Answer answer = this.gateway.get("/never");
		assertThat(answer.status()).isEqualTo(504);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(this.first.received("/never") + this.second.received("/never")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cut", "/cut-chunked" })
	void anAnswerThatBreaksOffNeverLooksComplete(String path) {
		assertThatThrownBy(() -> this.gateway.get(path)).hasMessageContaining("closed DURING response");
		assertThatThrownBy(() -> this.gateway.http2(path)).isInstanceOf(RuntimeException.class);
		assertThat(this.first.received(path) + this.second.received(path)).isEqualTo(2);
	}

	@Test
	void nothingStaysInFlight() {
		this.gateway.get("/");
		this.gateway.get("/drop");
		this.gateway.get("/never");
		assertThatThrownBy(() -> this.gateway.get("/cut")).isInstanceOf(RuntimeException.class);
		assertThatThrownBy(() -> this.gateway.client()
			.get()
			.uri(this.gateway.https("/never"))
			.response()
			.block(Duration.ofMillis(100))).isInstanceOf(RuntimeException.class);
		await().untilAsserted(() -> assertThat(this.gateway.management("/actuator/backends").body())
			.doesNotContain("\"inFlight\":1", "\"inFlight\":2", "\"inFlight\":-"));
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

	@Test
	void eventsPassAsTheyCome() {
		assertThat(this.gateway.get("/events").body()).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
	}

}
