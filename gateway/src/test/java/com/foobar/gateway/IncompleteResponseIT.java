package com.foobar.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.foobar.gateway.RawBackend.END;
import static com.foobar.gateway.RawBackend.PAUSE;
import static com.foobar.gateway.UnreadableResponseIT.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which side ended an incomplete response, and how often it is counted.
 */
@ExtendWith(OutputCaptureExtension.class)
class IncompleteResponseIT {

	@TempDir
	private static Path certificates;

	@BeforeAll
	static void certify() {
		TestCertificates.write(certificates, 1);
	}

	@Test
	void incompleteUnavailableResponseCountsAsOneFailure() {
		try (RawBackend bad = new RawBackend(
				(request) -> List.of("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nshort", PAUSE, END));
				TestBackend sound = new TestBackend("sound");
				TestGateway gateway = new TestGateway(certificates, bad.url() + "," + sound.url(),
						"gateway.outlier-detection.consecutive-failures=4",
						"gateway.outlier-detection.base-ejection-time=60s")) {
			gateway.awaitBackends("UP", 2);
			for (int i = 0; i < 20; i++) {
				assertThat(gateway.get("/").backend()).isEqualTo("sound");
			}
			assertThat(bad.requests()).isEqualTo(4);
			assertThat(gateway.management("/actuator/backends").body()).contains("\"ejections\":1");
			assertThat(count(gateway, "5xx")).isEqualTo(4);
			assertThat(count(gateway, "no_response")).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nf4240\r\n",
			"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nf4240\r\n",
			"Transfer-Encoding: chunked\r\n\r\n186a0\r\nBROKEN" })
	void incompleteResponseCountsAsOneFailure(String head, CapturedOutput output) {
		try (RawBackend bad = new RawBackend((request) -> head.endsWith("BROKEN")
				? List.of("HTTP/1.1 200 OK\r\n" + head.replace("BROKEN", "x".repeat(100_000)), PAUSE, "no chunk\r\n")
				: List.of("HTTP/1.1 200 OK\r\n" + head + "x".repeat(100_000), PAUSE, END));
				TestBackend sound = new TestBackend("sound");
				TestGateway gateway = new TestGateway(certificates, bad.url() + "," + sound.url(),
						"gateway.outlier-detection.consecutive-failures=3",
						"gateway.outlier-detection.base-ejection-time=60s")) {
			gateway.awaitBackends("UP", 2);
			int cut = 0;
			for (int i = 0; i < 12; i++) {
				try {
					assertThat(((i % 4 < 2) ? gateway.get("/") : gateway.http2("/")).backend()).isEqualTo("sound");
				}
				catch (RuntimeException ex) {
					cut++;
				}
			}
			assertThat(cut).isEqualTo(3);
			assertThat(bad.requests()).isEqualTo(3);
			assertThat(gateway.management("/actuator/backends").body()).contains("\"ejections\":1")
				.contains("sent an incomplete response");
			assertThat(count(gateway, "incomplete")).isEqualTo(3);
			assertThat(count(gateway, "2xx")).isEqualTo(9);
			assertThat(output.getAll().lines().filter((line) -> line.contains("sent an incomplete response to")))
				.hasSize(3);
		}
	}

	@Test
	void completeResponseIsNoFailure() {
		try (TestBackend first = new TestBackend("first");
				TestBackend second = new TestBackend("second");
				TestGateway gateway = new TestGateway(certificates, List.of(first, second),
						"gateway.outlier-detection.consecutive-failures=1")) {
			gateway.awaitBackends("UP", 2);
			for (int i = 0; i < 3; i++) {
				gateway.get("/download");
				gateway.http2("/events");
				gateway.get("/empty");
				gateway.send("HEAD", "/", null);
				gateway.get("/parts");
			}
			await().untilAsserted(() -> assertThat(count(gateway, "2xx")).isEqualTo(15));
			assertThat(gateway.management("/actuator/backends").body()).doesNotContain("\"ejections\":1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1", "HTTP/2" })
	void clientAbortIsNoFailureOfTheBackend(String version, CapturedOutput output) {
		try (TestBackend first = new TestBackend("first");
				TestBackend second = new TestBackend("second");
				TestGateway gateway = new TestGateway(certificates, List.of(first, second),
						"gateway.outlier-detection.consecutive-failures=1", "gateway.health.timeout=10s")) {
			gateway.awaitBackends("UP", 2);
			Supplier<HttpClient> client = () -> version.equals("HTTP/2") ? gateway.client2() : gateway.client();
			for (String path : List.of("/download", "/large", "/endless")) {
				Flux.range(0, 30)
					.flatMap((i) -> client.get()
						.get()
						.uri(gateway.https(path))
						.responseContent()
						.map(ByteBuf::readableBytes)
						.next(), 30)
					.blockLast(Duration.ofSeconds(30));
			}
			gateway.awaitNothingInFlight();
			assertThat(count(gateway, "2xx")).isEqualTo(90);
			assertThat(count(gateway, "incomplete")).isZero();
			assertThat(gateway.management("/actuator/backends").body()).doesNotContain("\"ejections\":1");
			assertThat(output.getAll()).doesNotContain("incomplete response", " ERROR ");
		}
	}

	@Test
	void incompleteHeadIsNoResponse() {
		try (RawBackend bad = new RawBackend((request) -> List.of("HTTP/1.1 200 OK\r\nX-A: b\r\n", PAUSE, END));
				TestGateway gateway = new TestGateway(certificates, bad.url())) {
			gateway.awaitBackends("UP", 1);
			assertThat(gateway.get("/").status()).isEqualTo(502);
			assertThat(gateway.http2("/").status()).isEqualTo(502);
			assertThat(count(gateway, "no_response")).isEqualTo(2);
		}
	}

	@Test
	void abandonedStreamsLeaveNoConnection() {
		try (WebSocketBackend backend = new WebSocketBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(),
						"gateway.client.max-connections=2000", "gateway.client.max-pending=2000")) {
			gateway.awaitBackends("UP", 1);
			Flux.range(0, 1000)
				.flatMap((i) -> gateway.client2().get().uri(gateway.https("/events")).responseContent().next(), 200)
				.blockLast(Duration.ofSeconds(60));
			gateway.awaitNothingInFlight();
			await().untilAsserted(() -> assertThat(backend.listeners).hasValue(0));
		}
	}

}
