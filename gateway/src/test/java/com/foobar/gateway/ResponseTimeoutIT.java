package com.foobar.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What counts toward the response timeout.
 */
class ResponseTimeoutIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static TestBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
		gateway = new TestGateway(certificates, List.of(backend), "gateway.client.response-timeout=" + TIMEOUT);
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	@Test
	void stalledResponseIsAborted() {
		assertThatThrownBy(() -> gateway.get("/endless")).hasMessageContaining("closed DURING response");
		assertThatThrownBy(() -> gateway.http2("/endless")).isInstanceOf(RuntimeException.class);
		gateway.awaitNothingInFlight();
	}

	@Test
	void slowResponseIsNotAborted() {
		TestGateway.Response response = gateway.get("/download");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).hasSize(200);
	}

	@Test
	void slowUploadIsNotAborted() {
		String response = gateway.client()
			.post()
			.uri(gateway.https("/size"))
			.send(ByteBufFlux.fromString(Flux.just("a", "b", "c").delayElements(TIMEOUT.multipliedBy(3).dividedBy(2))))
			.responseSingle((head, body) -> body.asString())
			.block(Duration.ofSeconds(30));
		assertThat(response).isEqualTo("3");
	}

	@Test
	void slowReaderIsNotAborted() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").readUntil("\r\n\r\n");
			Mono.delay(TIMEOUT.multipliedBy(3)).block();
			InputStream in = client.socket().getInputStream();
			byte[] buffer = new byte[1024 * 1024];
			long zeros = 0;
			for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
				for (int i = 0; i < read; i++) {
					zeros += (buffer[i] == 0) ? 1 : 0;
				}
			}
			assertThat(zeros).isEqualTo(2000L * 64 * 1024);
		}
		gateway.awaitNothingInFlight();
	}

}
