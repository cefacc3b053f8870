package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * How the gateway starts and stops.
 */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleIT {

	@Test
	void shutdownWaitsForRequestsInFlight(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only")) {
			TestGateway gateway = new TestGateway(certificates, List.of(backend));
			gateway.awaitBackends("UP", 1);
			CompletableFuture<TestGateway.Response> slow = CompletableFuture.supplyAsync(() -> gateway.get("/slow"));
			await().until(() -> backend.received("/slow") == 1);
			gateway.close();
			assertThat(slow.join().body()).isEqualTo("slow");
		}
	}

	@Test
	void shutdownClosesPersistentConnectionsBetweenRequests(@TempDir Path certificates) throws InterruptedException {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only")) {
			TestGateway gateway = new TestGateway(certificates, List.of(backend), "gateway.shutdown-delay=1s");
			gateway.awaitBackends("UP", 1);
			assertThat(gateway.get("/").headers().contains("Connection")).isFalse();
			Thread stop = new Thread(gateway.context()::close);
			stop.start();
			await().untilAsserted(() -> assertThat(gateway.management("/readyz").status()).isEqualTo(503));
			TestGateway.Response response = gateway.get("/");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("Connection")).isEqualTo("close");
			stop.join();
			gateway.close();
		}
	}

	@Test
	void backendsAreCheckedBeforeTheFirstRequest(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			assertThat(gateway.get("/").status()).isEqualTo(200);
		}
	}

	@Test
	void startsWithoutABackendAndUsesItOnceItIsUp(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("late")) {
			backend.kill();
			try (TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
				assertThat(gateway.get("/").status()).isEqualTo(503);
				backend.start();
				await().untilAsserted(() -> assertThat(gateway.get("/").status()).isEqualTo(200));
			}
		}
	}

	@Test
	void missingBackendsAreReportedWithTheSetting(@TempDir Path certificates, CapturedOutput output) {
		TestCertificates.write(certificates, 1);
		assertThatThrownBy(() -> new TestGateway(certificates, "")).isInstanceOf(Exception.class);
		assertThat(output).contains("gateway.backends.urls is not set", "Set gateway.backends.urls, for example")
			.doesNotContain("\tat com.foobar");
	}

	@Test
	void missingCertificateIsReported(@TempDir Path certificates, CapturedOutput output) {
		assertThatThrownBy(() -> new TestGateway(certificates, "http://127.0.0.1:1")).isInstanceOf(Exception.class);
		assertThat(output).contains("The certificate or key of the site cannot be read", "tls.")
			.doesNotContain("\tat com.foobar", "\tat org.springframework");
	}

	@Test
	void invalidBackendUrlIsReported(@TempDir Path certificates, CapturedOutput output) {
		TestCertificates.write(certificates, 1);
		assertThatThrownBy(() -> new TestGateway(certificates, "http://web-app/path")).isInstanceOf(Exception.class);
		assertThat(output).contains("gateway.backends.urls contains 'http://web-app/path'")
			.doesNotContain("\tat com.foobar");
	}

}
