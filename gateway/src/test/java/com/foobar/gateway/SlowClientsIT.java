package com.foobar.gateway;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slow HTTP/1.1 clients. Slow headers are tested in {@link FrontendIT}.
 */
class SlowClientsIT extends SlowClientsContract {

	@Test
	void stalledBodyGets408() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 408");
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void slowBodyIsAborted() throws Exception {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
			Thread drip = new Thread(() -> {
				try {
					while (true) {
						client.send("x");
						Thread.sleep(100);
					}
				}
				catch (IOException | InterruptedException ex) {
					// The gateway closed the connection.
				}
			});
			drip.start();
			assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 200");
			drip.interrupt();
			drip.join();
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void stalledBodyAfterItsResponseClosesTheConnection() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /actuator/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 404").doesNotContain("408");
		}
	}

	/** The backend reads late, and the body is much larger than socket buffers. */
	@Test
	void slowBackendIsNoFaultOfTheClient() {
		gateway.awaitBackends("UP", 1);
		assertThat(gateway.client()
			.post()
			.uri(gateway.https("/late-reader"))
			.send(Flux.range(0, 600).map((i) -> Unpooled.wrappedBuffer(new byte[64 * 1024])))
			.responseContent()
			.aggregate()
			.asString()
			.block(Duration.ofSeconds(20))).isEqualTo(String.valueOf(600 * 64 * 1024));
	}

	@Test
	void stalledReaderIsDisconnected() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
			gateway.awaitNothingInFlight();
		}
	}

	@Test
	void idleConnectionIsClosed() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readToEnd()).endsWith("hello from only");
		}
		// A connection that never sent a request.
		try (Socket socket = new RawClient(gateway.port()).socket()) {
			socket.getOutputStream().flush();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

}
