package com.foobar.gateway;

import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletionException;

import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * WebSockets between a real client and a real server, through the gateway.
 */
class WebSocketIT {

	@TempDir
	private static Path certificates;

	private static WebSocketBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		TestCertificates.write(certificates, 1);
		backend = new WebSocketBackend();
		gateway = another();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	@BeforeEach
	void forget() {
		backend.ends.clear();
	}

	private static TestGateway another(String... properties) {
		TestGateway started = new TestGateway(certificates, backend.url(), properties);
		started.awaitBackends("UP", 1);
		return started;
	}

	@Test
	void relaysMessagesBothWaysAndCountsTheSocketAsInFlight() {
		WebSocketClient listener = new WebSocketClient();
		WebSocket socket = WebSocketClient.connect(gateway, "/echo", listener);
		socket.sendText("hello", true).join();
		await().untilAsserted(() -> assertThat(listener.text).hasValue("hello"));
		assertThat(gateway.management("/actuator/backends").body()).contains("\"inFlight\":1");
		String meters = gateway.management("/actuator/prometheus").body();
		assertThat(meters).contains("gateway_websockets 1.0").doesNotContain("outcome=\"1xx\"");
		byte[] large = new byte[3_000_000];
		new Random(1).nextBytes(large);
		for (int from = 0; from < large.length; from += 50_000) {
			socket.sendBinary(ByteBuffer.wrap(large, from, 50_000), from + 50_000 == large.length).join();
		}
		await().untilAsserted(() -> assertThat(listener.binary.position()).isEqualTo(large.length));
		assertThat(listener.binary.flip()).isEqualTo(ByteBuffer.wrap(large));
		socket.sendClose(4000, "done").join();
		assertThat(listener.end.join()).startsWith("4000");
		await().untilAsserted(() -> assertThat(backend.ends).containsExactly("4000 done"));
		gateway.awaitNothingInFlight();
	}

	@Test
	void relaysTheCloseFrameOfTheBackend() {
		WebSocketClient listener = new WebSocketClient();
		WebSocketClient.connect(gateway, "/leave", listener);
		assertThat(listener.end.join()).isEqualTo("4001 enough");
		assertThat(listener.text).hasValue("hello");
		gateway.awaitNothingInFlight();
	}

	@Test
	void retainsNoMemory() {
		int sockets = 30;
		for (int i = 0; i < sockets; i++) {
			WebSocketClient listener = new WebSocketClient();
			WebSocketClient.connect(gateway, "/leave", listener);
			assertThat(listener.end.join()).isEqualTo("4001 enough");
		}
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(RetainedRequestsIT.instances("com.foobar.gateway.proxy.WebSocketRelay"))
				.isLessThan(sockets / 10));
	}

	@Test
	void closesWhenTheBackendResetsTheConnection() {
		WebSocketClient listener = new WebSocketClient();
		WebSocketClient.connect(gateway, "/end", listener);
		assertThat(listener.end.join()).isEqualTo("1005 ");
		gateway.awaitNothingInFlight();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/crash", "/greet-and-crash" })
	void closesWithoutACloseFrameWhenTheBackendDoes(String path) {
		WebSocketClient listener = new WebSocketClient();
		WebSocketClient.connect(gateway, path, listener);
		assertThat(listener.end.join()).isIn("error", "1006 ");
		gateway.awaitNothingInFlight();
	}

	@Test
	void closesWithoutACloseFrameWhenTheClientDoes() {
		WebSocketClient.connect(gateway, "/greet", new WebSocketClient()).abort();
		await().untilAsserted(() -> assertThat(backend.ends).containsExactly("no frame"));
		gateway.awaitNothingInFlight();
	}

	@Test
	void relaysTheResponseOfABackendThatRefusesTheUpgrade() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> WebSocketClient.connect(gateway, "/refused", new WebSocketClient()))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(403));
		gateway.awaitNothingInFlight();
	}

	@Test
	void readsFromTheBackendNoFasterThanTheClientReads() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET /flood" + WebSocketClient.UPGRADE_REQUEST).readUntil("\r\n\r\n");
			await().during(Duration.ofMillis(500))
				.atMost(Duration.ofSeconds(20))
				.until(backend.flooded::get, new BaseMatcher<>() {

					private long last = -1;

					@Override
					public boolean matches(Object now) {
						boolean same = (Long) now == this.last;
						this.last = (Long) now;
						return same;
					}

					@Override
					public void describeTo(Description description) {
						description.appendText("as much as before");
					}

				});
			// The bound is the buffers of four sockets, not the heap.
			assertThat(backend.flooded.get()).isLessThan(40_000_000);
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void switchesToNoOtherProtocol() throws IOException {
		for (String upgrade : new String[] { "h2c", "websocket, h2c", "TLS/1.0" }) {
			try (RawClient client = new RawClient(gateway.port())) {
				client
					.send("GET /headers HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
							+ upgrade + "\r\nHTTP2-Settings: " + Base64.getEncoder().encodeToString(new byte[6])
							+ "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
				assertThat(client.readUntil("none")).startsWith("HTTP/1.1 200");
			}
		}
	}

	@Test
	void closesAConnectionThatSendsDataBeforeTheSwitch() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send(
					"GET /echo" + WebSocketClient.UPGRADE_REQUEST + "GET /headers HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readToEnd()).doesNotContain("200 OK", "none");
		}
		gateway.awaitNothingInFlight();
	}

}
