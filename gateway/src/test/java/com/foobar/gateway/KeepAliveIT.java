package com.foobar.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Persistent connections and pipelined requests.
 */
class KeepAliveIT {

	private static TestBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("backend");
		gateway = new TestGateway(certificates, List.of(backend));
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	/**
	 * A backend responds to the second request, or the gateway itself does immediately.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/", "/actuator/health", "/slow" })
	void connectionStaysOpenAfterPipelinedRequests(String second) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			for (int round = 0; round < 3; round++) {
				client.send(get("/slow") + get(second));
				client.readUntil("HTTP/1.1 200");
				client.readUntil("HTTP/1.1 ");
				client.readUntil("\r\n\r\n");
				client.send(get("/empty"));
				assertThat(client.readUntil(" 204 ")).endsWith("HTTP/1.1 204 ");
				client.readUntil("\r\n\r\n");
			}
		}
	}

	@RepeatedTest(3)
	void managementConnectionStaysOpenAfterPipelinedRequests() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort())) {
			client.setSoTimeout(10_000);
			// The gateway responds to the page immediately, while the previous request is
			// still ending.
			send(client, get("/actuator/backends") + get("/"));
			readUntil(client, "</html>");
			send(client, get("/actuator/backends"));
			readUntil(client, "HTTP/1.1 200 ");
		}
	}

	private static void send(Socket client, String text) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void readUntil(Socket client, String end) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) == -1) {
			int read = client.getInputStream().read();
			assertThat(read).as(text.toString()).isNotEqualTo(-1);
			text.append((char) read);
		}
	}

	private static String get(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

}
