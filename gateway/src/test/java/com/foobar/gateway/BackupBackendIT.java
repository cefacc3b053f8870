package com.foobar.gateway;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Configured backup backends and weights.
 */
class BackupBackendIT {

	@Test
	void backupServesOnlyWhenNoOtherBackendCan(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend first = new TestBackend("first");
				TestBackend backup = new TestBackend("backup");
				TestGateway gateway = new TestGateway(certificates, first.url() + "," + backup.url() + " backup")) {
			gateway.awaitBackends("UP", 2);
			assertThat(served(gateway, 6)).containsOnly("first");
			first.ready(503, "");
			gateway.awaitBackends("NOT_READY", 1);
			assertThat(served(gateway, 4)).containsOnly("backup");
			first.ready(200, TestBackend.READY);
			gateway.awaitBackends("UP", 2);
			assertThat(served(gateway, 4)).containsOnly("first");
			// Before any check has failed, and after the request was sent.
			assertThat(gateway.get("/drop").status()).isEqualTo(502);
			assertThat(backup.received("/drop")).isEqualTo(1);
		}
	}

	@Test
	void requestsAreDistributedByWeight(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend heavy = new TestBackend("heavy");
				TestBackend light = new TestBackend("light");
				TestGateway gateway = new TestGateway(certificates, heavy.url() + " weight=3," + light.url())) {
			gateway.awaitBackends("UP", 2);
			assertThat(served(gateway, 8)).filteredOn("light"::equals).hasSize(2);
		}
	}

	private static Stream<String> served(TestGateway gateway, int requests) {
		return Stream.generate(() -> gateway.get("/").backend()).limit(requests);
	}

}
