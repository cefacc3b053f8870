package com.foobar.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway in a process of its own, stopped by a signal under load.
 */
class ShutdownIT {

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger responses = new AtomicInteger();

	private final AtomicInteger downloads = new AtomicInteger();

	@Test
	void finishesAcceptedRequestsOnSigterm(@TempDir Path directory) throws Exception {
		try (TestBackend backend = new TestBackend("only");
				GatewayProcess gateway = new GatewayProcess(directory, backend)) {
			HttpClient http11 = client("http11")
				.secure((tls) -> tls.sslContext(TestGateway.trusting(Http11SslContextSpec.forClient())));
			HttpClient http2 = client("http2").protocol(HttpProtocol.H2)
				.secure((tls) -> tls.sslContext(TestGateway.trusting(Http2SslContextSpec.forClient())));
			String site = gateway.site();
			gateway.awaitUp(http11);
			List<Thread> clients = new ArrayList<>();
			for (HttpClient client : List.of(http11, http2)) {
				clients.add(load((client == http2) ? "http2" : "http11", client, site + "/"));
				clients.add(load((client == http2) ? "http2" : "http11", client, site + "/slow"));
				clients.add(load((client == http2) ? "http2" : "http11", client, site + "/download"));
			}
			// Each of the two clients has an active download.
			await().atMost(Duration.ofSeconds(30))
				.until(() -> (this.downloads.get() >= 2 && this.responses.get() > 100) || !this.failures.isEmpty());
			gateway.terminate();
			for (Thread client : clients) {
				client.join();
			}
			int exitValue = gateway.awaitEnd();
			assertThat(this.failures).isEmpty();
			// 128 plus the signal number.
			assertThat(exitValue).isEqualTo(143);
		}
	}

	private static HttpClient client(String name) {
		return HttpClient.create(ConnectionProvider.create(name, 16))
			.runOn(TestBackend.LOOPS)
			.disableRetry(true)
			.responseTimeout(Duration.ofSeconds(20));
	}

	// Until no connection can be established: a request that was never sent was not
	// accepted.
	private Thread load(String name, HttpClient client, String url) {
		AtomicBoolean sent = new AtomicBoolean(true);
		HttpClient noting = client.doOnRequest((request, connection) -> sent.set(true));
		Thread thread = new Thread(() -> {
			while (sent.get()) {
				sent.set(false);
				try {
					request(noting, url);
				}
				catch (RuntimeException ex) {
					if (sent.getAndSet(false)) {
						this.failures.add(Thread.currentThread().getName() + ": " + ex);
					}
				}
			}
		}, name + " client of " + url);
		thread.start();
		return thread;
	}

	private void request(HttpClient client, String url) {
		String body = client.get()
			.uri(url)
			.responseSingle((response, content) -> content.asString()
				.map((text) -> response.status().code() + " " + text.length()))
			.block(Duration.ofSeconds(30));
		String expected = url.endsWith("/download") ? "200 200" : url.endsWith("/slow") ? "200 4" : "200 15";
		if (!expected.equals(body)) {
			this.failures.add(url + ": got " + body);
		}
		this.responses.incrementAndGet();
		if (url.endsWith("/download")) {
			this.downloads.incrementAndGet();
		}
	}

}
