package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway with a small heap, and clients that do not read.
 */
class MemoryIT {

	private static final int CLIENTS = 60;

	@Test
	void stalledReadersHoldLittleMemory(@TempDir Path directory) throws IOException {
		HttpClient client = HttpClient.newConnection()
			.runOn(TestBackend.LOOPS)
			.secure((tls) -> tls.sslContext(TestGateway.trusting(Http11SslContextSpec.forClient())))
			.responseTimeout(Duration.ofSeconds(10));
		List<RawClient> readers = new ArrayList<>();
		try (TestBackend backend = new TestBackend("only");
				GatewayProcess gateway = new GatewayProcess(directory, backend,
						"-Dio.netty.maxDirectMemory=33554432")) {
			gateway.awaitUp(client);
			for (int i = 0; i < CLIENTS; i++) {
				RawClient reader = new RawClient(gateway.port());
				readers.add(reader);
				reader.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
			}
			await().untilAsserted(() -> assertThat(backend.received("/large")).isEqualTo(CLIENTS));
			for (int i = 0; i < 20; i++) {
				assertThat(client.get()
					.uri(gateway.site() + "/")
					.responseSingle((response, body) -> body.asString())
					.block()).isEqualTo("hello from only");
			}
			assertThat(gateway.log()).doesNotContain("OutOfDirectMemoryError");
		}
		finally {
			for (RawClient reader : readers) {
				reader.close();
			}
		}
	}

}
