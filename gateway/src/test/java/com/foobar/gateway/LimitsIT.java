package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request limits apply in every protocol.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LimitsIT {

	private static RecordingBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new RecordingBackend();
		gateway = new TestGateway(certificates, backend.url(), "gateway.limits.body-size=1MB",
				"gateway.limits.header-timeout=1s", "gateway.limits.body-idle-timeout=1s",
				"gateway.limits.body-timeout=3s", "gateway.limits.idle-timeout=4s");
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() throws IOException {
		gateway.close();
		backend.close();
	}

	private static String http1(String path, String... headers) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < headers.length; i += 2) {
			lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n");
			return client.readUntil("\r\n\r\n").substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
		}
	}

	private static String http2(String path, String... headers) throws IOException {
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			return client.exchange("GET", path, headers).status();
		}
	}

	@Test
	void targetIsLimited() throws IOException {
		String fits = "/" + "x".repeat(8100);
		String excess = "/" + "x".repeat(9000);
		assertThat(http1(fits)).isEqualTo("200");
		assertThat(http2(fits)).isEqualTo("200");
		assertThat(http1(excess)).isEqualTo("414");
		assertThat(http2(excess)).isEqualTo("414");
	}

	@Test
	void targetIsMeasuredAsForwarded() throws IOException {
		String encoded = "/" + "|".repeat(3000);
		assertThat(http1(encoded)).isEqualTo("414");
		assertThat(http2(encoded)).isEqualTo("414");
	}

	@Test
	void longTargetDoesNotReduceTheHeaderLimit() throws IOException {
		String path = "/" + "x".repeat(8000);
		String cookie = "c=" + "x".repeat(15_000);
		assertThat(http1(path, "cookie", cookie)).isEqualTo("200");
		assertThat(http2(path, "cookie", cookie)).isEqualTo("200");
	}

	@Test
	void headersAreLimited() throws IOException {
		assertThat(http1("/", "cookie", "c=" + "x".repeat(16_200))).isEqualTo("200");
		assertThat(http2("/", "cookie", "c=" + "x".repeat(16_200))).isEqualTo("200");
		for (int size : new int[] { 16_500, 20_000, 24_000, 27_000 }) {
			String cookie = "c=" + "x".repeat(size);
			assertThat(http1("/", "cookie", cookie)).as("HTTP/1.1, " + size).isEqualTo("431");
			assertThat(http2("/", "cookie", cookie)).as("HTTP/2, " + size).isEqualTo("431");
		}
	}

	@Test
	void http2ClientsGetAStatusForOversizedHeaders() throws IOException {
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			RawHttp2Client.Response response = client.exchange("GET", "/" + "x".repeat(9000));
			assertThat(response.isProblem()).isTrue();
			assertThat(response.body()).contains("\"requestId\":\"" + response.headers().get("x-request-id") + "\"");
		}
	}

	@Test
	void bodiesAreLimited() throws IOException {
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			client.send(RawHttp2Client.block("POST", "/size", "content-length", "1100000"), false);
			assertThat(client.read().status()).isEqualTo("413");
		}
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1100000\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
		}
	}

	@Test
	void plainHttpAcceptsTheSameTargets() {
		String path = "/" + "x".repeat(8000);
		assertThat(gateway.plainHttp(path, "localhost").status()).isEqualTo(308);
		assertThat(gateway.plainHttp("/" + "x".repeat(9000), "localhost").status()).isEqualTo(414);
	}

	// Slow headers, in any kind of frame.
	@ParameterizedTest
	@ValueSource(strings = { "preface", "head of a frame", "headers", "continuation" })
	void http2HeadersMustCompleteInTime(String what) throws IOException {
		byte[] block = RawHttp2Client.block("GET", "/", "x-a", "x".repeat(200));
		byte[] begun = switch (what) {
			case "head of a frame" -> new byte[] { 0, 0, 100, 1 };
			case "headers" -> Arrays.copyOf(RawHttp2Client.frame(1, 5, 1, block), 100);
			default -> RawHttp2Client.frame(1, 1, 1, Arrays.copyOf(block, 20));
		};
		long begin = System.nanoTime();
		if (what.equals("preface")) {
			try (RawClient client = new RawClient(gateway.port(), "h2")) {
				client.send("PRI * HTTP/2").readBytesToEnd();
			}
		}
		else {
			try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
				client.raw().send(begun).readBytesToEnd();
			}
		}
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).as("ms").isBetween(900L, 3000L);
	}

	@Test
	void http2ConnectionMayBeIdleBetweenRequests() throws IOException {
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			long begin = System.nanoTime();
			client.raw().readBytesToEnd();
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).as("ms").isBetween(3500L, 9000L);
		}
	}

	@Test
	void bodiesMustArriveInTimeInBothProtocols() throws IOException {
		long begin = System.nanoTime();
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			client.send(RawHttp2Client.block("POST", "/size"), false).data(new byte[10], false);
			assertThat(client.read().status()).isIn("408", "reset");
		}
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc").readToEnd();
		}
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).as("ms").isBetween(1800L, 6000L);
	}

}
