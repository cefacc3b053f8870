package com.foobar.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
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
 * Which failed requests are retried.
 */
class RetryIT {

	private static TestBackend first;

	private static TestBackend second;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		first = new TestBackend("first");
		second = new TestBackend("second");
		gateway = new TestGateway(certificates, List.of(first, second), "gateway.client.response-timeout=500ms");
		gateway.awaitBackends("UP", 2);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@BeforeEach
	void forget() {
		first.forget();
		second.forget();
	}

	private static int received(String path) {
		return first.received(path) + second.received(path);
	}

	@Test
	void safeRequestWithoutAResponseIsRetriedOnceElsewhere() {
		assertThat(gateway.get("/drop").status()).isEqualTo(502);
		assertThat(first.received("/drop")).isEqualTo(1);
		assertThat(second.received("/drop")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE" })
	void unsafeRequestIsNotRetried(String method) {
		TestGateway.Response response = gateway.send(method, "/drop", "body");
		assertThat(response.status()).isEqualTo(502);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(received("/drop")).isEqualTo(1);
	}

	@Test
	void idempotentRequestWithoutABodyIsRetriedOnceElsewhere() {
		assertThat(gateway.send("DELETE", "/drop", null).status()).isEqualTo(502);
		assertThat(first.received("/drop")).isEqualTo(1);
		assertThat(second.received("/drop")).isEqualTo(1);
		forget();
		assertThat(gateway.send("POST", "/drop", null).status()).isEqualTo(502);
		assertThat(received("/drop")).isEqualTo(1);
	}

	@Test
	void serviceUnavailableIsReturnedOnlyIfNoOtherBackendSucceeds() {
		TestGateway.Response response = gateway.get("/unavailable");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.body()).isEqualTo("busy");
		assertThat(first.received("/unavailable")).isEqualTo(1);
		assertThat(second.received("/unavailable")).isEqualTo(1);
		assertThat(gateway.send("POST", "/unavailable", "x").status()).isEqualTo(503);
		assertThat(received("/unavailable")).isEqualTo(3);
	}

	@Test
	void errorOfTheApplicationIsNotRetried() {
		assertThat(gateway.get("/missing").status()).isEqualTo(404);
		assertThat(received("/missing")).isEqualTo(1);
	}

	@Test
	void timedOutRequestIsNotRetried() {
		TestGateway.Response response = gateway.get("/never");
		assertThat(response.status()).isEqualTo(504);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(received("/never")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cut", "/cut-chunked" })
	void incompleteResponseIsRetriedWhileItIsBuffered(String path) {
		assertThat(gateway.get(path).status()).isEqualTo(502);
		assertThat(first.received(path)).isEqualTo(1);
		assertThat(second.received(path)).isEqualTo(1);
	}

	@Test
	void clientDoesNotSeeARetriedIncompleteResponse() {
		for (int i = 0; i < 4; i++) {
			TestGateway.Response response = (i % 2 == 0) ? gateway.get("/cut-by-first")
					: gateway.http2("/cut-by-first");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("whole");
		}
		assertThat(first.received("/cut-by-first")).isPositive();
	}

	@Test
	void unsafeRequestWithAnIncompleteResponseIsNotRetried() {
		assertThat(gateway.send("POST", "/cut", "body").status()).isEqualTo(502);
		assertThat(received("/cut")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cut-long", "/cut-long-chunked" })
	void incompleteResponseIsVisibleToTheClient(String path) {
		assertThatThrownBy(() -> gateway.get(path)).hasMessageContaining("closed DURING response");
		assertThatThrownBy(() -> gateway.http2(path)).isInstanceOf(RuntimeException.class);
		assertThat(received(path)).isEqualTo(2);
	}

	@Test
	void bufferedResponseIsSentWithItsLength() {
		TestGateway.Response response = gateway.get("/parts");
		assertThat(response.body()).isEqualTo("abc");
		assertThat(response.header("Content-Length")).isEqualTo("3");
		assertThat(response.header("Transfer-Encoding")).isNull();
	}

	@Test
	void slowStreamIsForwardedBeforeItsEnd() {
		String begin = gateway.client()
			.get()
			.uri(gateway.https("/endless"))
			.responseContent()
			.asString()
			.blockFirst(Duration.ofSeconds(10));
		assertThat(begin).isEqualTo("begin");
	}

	@Test
	void nothingStaysInFlight() {
		gateway.get("/");
		gateway.get("/drop");
		gateway.get("/never");
		assertThatThrownBy(() -> gateway.get("/cut-long")).isInstanceOf(RuntimeException.class);
		assertThatThrownBy(
				() -> gateway.client().get().uri(gateway.https("/never")).response().block(Duration.ofMillis(100)))
			.isInstanceOf(RuntimeException.class);
		await().untilAsserted(() -> assertThat(gateway.management("/actuator/backends").body())
			.doesNotContain("\"inFlight\":1", "\"inFlight\":2", "\"inFlight\":-"));
	}

	@Test
	void eventsAreForwardedImmediately() {
		assertThat(gateway.get("/events").body()).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
	}

}
