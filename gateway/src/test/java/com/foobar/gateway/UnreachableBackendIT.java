package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to a request whose backend cannot be reached. Checks are rare here, so
 * that nothing but the requests themselves finds the faults.
 */
class UnreachableBackendIT {

	@TempDir
	private static Path certificates;

	private final TestBackend first = new TestBackend("first");

	private final TestBackend second = new TestBackend("second");

	private TestGateway gateway;

	@BeforeAll
	static void certificate() {
		TestCertificates.write(certificates, 1);
	}

	@BeforeEach
	void start() {
		this.gateway = new TestGateway(certificates, List.of(this.first, this.second), "gateway.health.interval=30s");
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.first.close();
		this.second.close();
	}

	@Test
	void whatWasNeverSentIsSentElsewhere() {
		this.second.kill();
		for (String method : List.of("POST", "GET", "PUT", "DELETE", "PATCH", "POST")) {
			TestGateway.Answer answer = this.gateway.send(method, "/", method.equals("GET") ? null : "body");
			assertThat(answer.status()).as(method).isEqualTo(200);
			assertThat(answer.backend()).isEqualTo("first");
		}
		this.gateway.awaitBackends("SUSPECTED", 1);
	}

	@Test
	void whenNoneCanBeReachedNothingWasCarriedOut() {
		this.first.kill();
		this.second.kill();
		TestGateway.Answer answer = this.gateway.send("POST", "/", "x");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Retry-After")).isNotNull();
		assertThat(answer.body()).contains("not carried out");
	}

}
