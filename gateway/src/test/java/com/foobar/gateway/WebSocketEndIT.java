package com.foobar.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * WebSockets that the gateway closes or refuses.
 */
class WebSocketEndIT {

	@TempDir
	private Path certificates;

	@BeforeEach
	void makeCertificate() {
		TestCertificates.write(this.certificates, 1);
	}

	@Test
	void closesWithGoingAwayOnShutdown() {
		WebSocketClient listener = new WebSocketClient();
		try (WebSocketBackend backend = new WebSocketBackend();
				TestGateway stopping = new TestGateway(this.certificates, backend.url())) {
			WebSocketClient.connect(stopping, "/greet", listener);
			await().untilAsserted(() -> assertThat(listener.text).hasValue("hello"));
			stopping.context().close();
			assertThat(listener.end.join()).startsWith("1001");
			await().untilAsserted(() -> assertThat(backend.ends).containsExactly("1001 "));
		}
	}

	@Test
	void countsIdleSocketsAndClosesThemAfterTheTimeout() {
		WebSocketClient listener = new WebSocketClient();
		try (WebSocketBackend backend = new WebSocketBackend();
				TestGateway gateway = new TestGateway(this.certificates, backend.url(),
						"gateway.websocket.idle-timeout=1s", "gateway.concurrency.max-requests=1",
						"gateway.concurrency.max-queued=0")) {
			WebSocketClient.connect(gateway, "/greet", listener);
			// It counts as an active request.
			assertThat(gateway.get("/headers").status()).isEqualTo(503);
			assertThat(listener.end.join()).startsWith("1001");
			gateway.awaitNothingInFlight();
			assertThat(gateway.get("/headers").status()).isEqualTo(200);
		}
	}

	@Test
	void rejectsAnUpgradeThatTheClientDidNotRequest() throws IOException {
		try (LyingBackend liar = new LyingBackend();
				TestGateway started = new TestGateway(this.certificates, liar.url())) {
			started.awaitBackends("UP", 1);
			assertThat(started.get("/").status()).isEqualTo(502);
			try (RawClient client = new RawClient(started.port())) {
				// Requested, and accepted with a wrong Sec-WebSocket-Accept.
				assertThat(client.send("GET /" + WebSocketClient.UPGRADE_REQUEST).readUntil("\r\n\r\n"))
					.startsWith("HTTP/1.1 502");
			}
		}
	}

	private static final String SWITCH = String.join("\r\n", "HTTP/1.1 101 Switching Protocols", "Connection: Upgrade",
			"Upgrade: websocket", "Sec-WebSocket-Accept: AAAA", "", "");

	/** Switches protocols on every request except the readiness check. */
	private static final class LyingBackend implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		LyingBackend() throws IOException {
			Thread thread = new Thread(this::serve, "lying-backend");
			thread.setDaemon(true);
			thread.start();
		}

		private void serve() {
			while (!this.server.isClosed()) {
				try (Socket socket = this.server.accept()) {
					byte[] request = new byte[4096];
					int length = socket.getInputStream().read(request);
					boolean check = new String(request, 0, Math.max(length, 0), StandardCharsets.US_ASCII)
						.startsWith("GET /readyz");
					socket.getOutputStream()
						.write((check ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}" : SWITCH)
							.getBytes(StandardCharsets.US_ASCII));
				}
				catch (IOException ex) {
					// Serves the next connection.
				}
			}
		}

		String url() {
			return "http://127.0.0.1:" + this.server.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
