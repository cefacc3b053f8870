package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway with short client timeouts, started once for each class.
 */
abstract class SlowClientsContract {

	static TestBackend backend;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
		gateway = new TestGateway(certificates, List.of(backend), "gateway.limits.body-idle-timeout=1s",
				"gateway.limits.body-timeout=5s", "gateway.limits.body-size=64MB", "gateway.limits.idle-timeout=3s",
				"gateway.limits.send-timeout=1s", "gateway.limits.max-concurrent-streams=5");
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

}
