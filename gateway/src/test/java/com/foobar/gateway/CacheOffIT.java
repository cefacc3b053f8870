package com.foobar.gateway;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway without its cache.
 */
class CacheOffIT {

	@Test
	void asksABackendEachTime(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (ProgrammedBackend backend = new ProgrammedBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(), "gateway.cache.enabled=false")) {
			gateway.awaitBackends("UP", 1);
			backend.answers("hello", "Cache-Control: public, max-age=3600");
			assertThat(gateway.get("/").status()).isEqualTo(200);
			assertThat(gateway.get("/").header("Cache-Status")).isNull();
			assertThat(backend.received("/")).hasSize(2);
		}
	}

}
