package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What remains of a backend whose address was removed.
 */
class ScaleDownIT {

	@Test
	void connectionsToARemovedAddressCloseAfterTheirResponses(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend stays = new TestBackend("stays");
				TestBackend goes = new TestBackend("goes");
				TestGateway gateway = new TestGateway(certificates, List.of(stays, goes),
						"gateway.backends.resolve-interval=1h")) {
			gateway.awaitBackends("UP", 2);
			// Concurrently, so that each backend has several connections.
			List<CompletableFuture<TestGateway.Response>> many = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> gateway.get("/slow")))
				.limit(8)
				.toList();
			many.forEach((response) -> assertThat(response.join().status()).isEqualTo(200));
			assertThat(connections(gateway, goes)).isPositive();
			List<CompletableFuture<TestGateway.Response>> downloads = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> gateway.get("/download")))
				.limit(2)
				.toList();
			await().until(() -> stays.received("/download") == 1 && goes.received("/download") == 1);
			Backends backends = gateway.context().getBean(Backends.class);
			List<Backend> remaining = backends.snapshot()
				.states()
				.stream()
				.map(BackendState::backend)
				.filter((backend) -> backend.address().getPort() == stays.port())
				.toList();
			backends.replace(remaining);
			// All idle connections; the download continues.
			await().until(() -> goes.connections() == 1);
			assertThat(downloads).allSatisfy((response) -> assertThat(response.join().body()).hasSize(200));
			await().untilAsserted(() -> {
				assertThat(goes.connections()).isZero();
				assertThat(connections(gateway, goes)).as("its pool is freed").isEqualTo(-1);
			});
			assertThat(connections(gateway, stays)).isPositive();
			assertThat(gateway.management("/actuator/prometheus").body()).doesNotContain("127.0.0.1:" + goes.port());
		}
	}

	// Idle and active connections; -1 if there is no pool.
	private static int connections(TestGateway gateway, TestBackend backend) {
		List<String> lines = gateway.management("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("gateway_backend_connections{")
					&& line.contains("\"127.0.0.1:" + backend.port() + "\""))
			.toList();
		return lines.isEmpty() ? -1
				: lines.stream()
					.mapToInt((line) -> (int) Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
					.sum();
	}

}
