package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway in front of one backend that records the bytes it receives. Started once for
 * each class of tests.
 */
abstract class RecordingContract {

	static RecordingBackend backend;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new RecordingBackend();
		gateway = new TestGateway(certificates, backend.url());
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() throws IOException {
		gateway.close();
		backend.close();
	}

	@BeforeEach
	void forget() {
		backend.forget();
	}

}
