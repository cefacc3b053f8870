package com.foobar.gateway;

import java.nio.file.Path;
import java.util.Objects;

import com.foobar.gateway.TestGateway.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway with a small cache in front of one backend, started once for each class. Each
 * test has paths of its own.
 */
abstract class CacheContract {

	static final String AN_HOUR = "Cache-Control: public, max-age=3600";

	static ProgrammedBackend backend;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new ProgrammedBackend();
		gateway = new TestGateway(certificates, backend.url(), "gateway.cache.size=1MB",
				"gateway.cache.max-object-size=64KB");
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	static Response get(String path, String... headers) {
		return gateway.get(path, (request) -> {
			for (String header : headers) {
				request.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
			}
		});
	}

	static int requests(String path) {
		return backend.received(path).size();
	}

	static String cacheStatus(Response response) {
		return Objects.requireNonNull(response.header("Cache-Status"));
	}

}
