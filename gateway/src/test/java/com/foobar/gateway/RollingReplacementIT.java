package com.foobar.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Backends that stop or are killed under load.
 */
class RollingReplacementIT {

	private static final int ROUNDS = 20;

	private final List<TestBackend> backends = List.of(new TestBackend("first"), new TestBackend("second"));

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger responses = new AtomicInteger();

	private final AtomicBoolean stop = new AtomicBoolean();

	private final List<Thread> clients = new ArrayList<>();

	private TestGateway gateway;

	@BeforeEach
	void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		this.gateway = new TestGateway(certificates, this.backends, "gateway.backends.resolve-interval=1h");
		this.gateway.awaitBackends("UP", 2);
	}

	@AfterEach
	void stop() throws InterruptedException {
		end();
		this.gateway.close();
		this.backends.forEach(TestBackend::close);
	}

	private void load(String... methods) {
		for (String method : methods) {
			Thread client = new Thread(() -> {
				while (!this.stop.get()) {
					request(method);
				}
			}, "client " + method);
			client.start();
			this.clients.add(client);
		}
	}

	private void request(String method) {
		try {
			TestGateway.Response response = this.gateway.send(method, "/", method.equals("GET") ? null : "body");
			if (response.status() == 200) {
				this.responses.incrementAndGet();
			}
			else {
				this.failures.add(method + " " + response.status() + " " + response.body());
			}
		}
		catch (RuntimeException ex) {
			this.failures.add(method + " " + ex);
		}
	}

	private void end() throws InterruptedException {
		this.stop.set(true);
		for (Thread client : this.clients) {
			client.join();
		}
	}

	private void awaitSomeResponses() {
		int before = this.responses.get();
		await().until(() -> this.responses.get() >= before + 20 || !this.failures.isEmpty());
	}

	@Test
	void replacingEveryInstanceFailsNoRequest() throws InterruptedException {
		load("GET", "POST", "GET", "PUT");
		for (int round = 0; round < ROUNDS; round++) {
			TestBackend leaving = this.backends.get(round % 2);
			// As an instance stops on SIGTERM: it refuses readiness, serves for the
			// shutdown delay, finishes its requests and ends.
			leaving.ready(503, "{\"status\":\"OUT_OF_SERVICE\"}");
			this.gateway.awaitBackends("UP", 1);
			awaitSomeResponses();
			leaving.kill();
			awaitSomeResponses();
			leaving.ready(200, TestBackend.READY);
			leaving.start();
			this.gateway.awaitBackends("UP", 2);
			awaitSomeResponses();
		}
		end();
		assertThat(this.failures).isEmpty();
		assertThat(this.responses.get()).isGreaterThan(ROUNDS * 60);
	}

	@Test
	void killedInstanceFailsNoSafeRequest() throws InterruptedException {
		load("GET", "GET", "GET", "GET");
		for (int round = 0; round < ROUNDS / 4; round++) {
			awaitSomeResponses();
			TestBackend dying = this.backends.get(round % 2);
			dying.kill();
			awaitSomeResponses();
			dying.start();
			this.gateway.awaitBackends("UP", 2);
		}
		end();
		assertThat(this.failures).isEmpty();
	}

}
