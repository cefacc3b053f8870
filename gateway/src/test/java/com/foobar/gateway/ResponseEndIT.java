package com.foobar.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a response ends, and which response closes its connection.
 */
class ResponseEndIT {

	private static ProgrammedBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new ProgrammedBackend();
		backend.respondWith((request, response) -> switch (request.uri()) {
			case "/slow" -> Mono.delay(Duration.ofMillis(300)).then(response.sendString(Mono.just("slow")).then());
			case "/stream" -> response.send(Flux.interval(Duration.ofMillis(150))
				.take(3)
				.map((i) -> Unpooled.copiedBuffer("part", StandardCharsets.UTF_8)), (part) -> true);
			case "/short" -> response.sendString(Flux.just("a", "b"));
			default -> response.sendString(Mono.just("at " + request.uri()));
		});
		gateway = new TestGateway(certificates, backend.url());
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	private static String request(String path, String... headers) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n";
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection: close\r\n", "Connection: X-A, Close\r\nX-A: dropped\r\n" })
	void respondsToAllRequestsBeforeTheOneThatCloses(String close) throws IOException {
		StringBuilder requests = new StringBuilder();
		for (int i = 1; i < 20; i++) {
			requests.append(request("/p" + i));
		}
		requests.append(request("/last", close)).append(request("/after"));
		try (RawClient client = new RawClient(gateway.port())) {
			String all = client.send(requests.toString()).readToEnd();
			assertThat(all.split("HTTP/1.1 200 OK", -1)).as("responses").hasSize(21);
			assertThat(all).contains("at /p1", "at /p19", "at /last").doesNotContain("/after");
			assertThat(all.indexOf("at /p19")).isLessThan(all.indexOf("at /last"));
			assertThat(all.toLowerCase(Locale.ROOT).split("connection: close", -1)).hasSize(2);
		}
		assertThat(backend.received("/after")).isEmpty();
		assertThat(backend.received("/last")).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.headers().contains("X-A")).isFalse());
	}

	@Test
	void respondsToAllRequestsBeforeARejectedBody() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			String all = client
				.send(request("/slow") + request("/b")
						+ "POST /c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde")
				.readToEnd();
			assertThat(all).contains("slow", "at /b", "at /c");
		}
	}

	@Test
	void respondsToAllRequestsBeforeAnInvalidOne() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			String all = client.send(request("/slow") + request("/b") + request("/x", "Bad Name: x\r\n")).readToEnd();
			assertThat(all).contains("slow", "at /b", "HTTP/1.1 400").doesNotContain("at /x");
			assertThat(all.indexOf("at /b")).isLessThan(all.indexOf("HTTP/1.1 400"));
		}
	}

	@Test
	void respondsToAllRequestsBeforeOneOfHttp10() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			String all = client.send(request("/slow") + "GET /old HTTP/1.0\r\nHost: localhost\r\n\r\n").readToEnd();
			assertThat(all).contains("slow", "at /old");
		}
	}

	@Test
	void closesImmediatelyWhenNoResponseIsPending() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			String all = client.send(request("/one", "Connection: close\r\n") + request("/after")).readToEnd();
			assertThat(all).contains("at /one").containsIgnoringCase("connection: close").doesNotContain("/after");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: keep-alive\r\n" })
	void sendsNoChunksToHttp10(String connection) throws IOException {
		for (String path : new String[] { "/stream", "/short" }) {
			try (RawClient client = new RawClient(gateway.port())) {
				client.send("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + connection + "\r\n");
				String head = client.readUntil("\r\n\r\n");
				assertThat(head).doesNotContainIgnoringCase("transfer-encoding");
				String body = path.equals("/stream") ? "partpartpart" : "ab";
				if (head.toLowerCase(Locale.ROOT).contains("content-length")) {
					assertThat(client.readUntil(body)).isEqualTo(body);
				}
				else {
					assertThat(client.readToEnd()).isEqualTo(body);
				}
			}
		}
	}

	@Test
	void keepsAnHttp10ConnectionWithKeepAlive() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			for (int i = 0; i < 2; i++) {
				client.send("GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
				assertThat(client.readUntil("at /a")).containsIgnoringCase("connection: keep-alive");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/stream", "/short", "/other" })
	void keepsTheConnectionAfterHead(String path) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			for (int i = 0; i < 3; i++) {
				client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
				assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200")
					.doesNotContainIgnoringCase("connection: close");
			}
			client.send(request("/next"));
			assertThat(client.readUntil("at /next")).startsWith("HTTP/1.1 200");
		}
	}

}
