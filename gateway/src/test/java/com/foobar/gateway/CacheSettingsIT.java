package com.foobar.gateway;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cache, disabled and with settings other than the shipped ones.
 */
class CacheSettingsIT {

	@Test
	void forwardsEveryRequestWhenDisabled(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (ProgrammedBackend backend = new ProgrammedBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(), "gateway.cache.enabled=false")) {
			gateway.awaitBackends("UP", 1);
			backend.respondWith("hello", "Cache-Control: public, max-age=3600");
			assertThat(gateway.get("/").status()).isEqualTo(200);
			assertThat(gateway.get("/").header("Cache-Status")).isNull();
			assertThat(backend.received("/")).hasSize(2);
		}
	}

	@Test
	void revalidatesForConfiguredNamesOnly(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (ProgrammedBackend backend = new ProgrammedBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(),
						"gateway.cache.revalidate-on=X-Written")) {
			gateway.awaitBackends("UP", 1);
			backend.respondWith("hello", "Cache-Control: public, max-age=3600");
			gateway.get("/");
			for (String cookie : new String[] { "X-Written=1", "read_after=g:1" }) {
				gateway.get("/", (headers) -> headers.set("Cookie", cookie));
			}
			assertThat(backend.received("/")).hasSize(2);
			assertThat(gateway.get("/", (headers) -> headers.set("x-written", "1")).header("Cache-Status"))
				.isEqualTo("foobar-gateway; fwd=request");
			assertThat(gateway.get("/", (headers) -> headers.set("Read-After", "g:1")).header("Cache-Status"))
				.startsWith("foobar-gateway; hit");
			assertThat(backend.received("/")).hasSize(3);
			backend.respondWith("own", "Cache-Control: public, max-age=3600", "X-Written: 2");
			gateway.get("/own");
			gateway.get("/own");
			assertThat(backend.received("/own")).as("responses with the header are not stored").hasSize(2);
		}
	}

	@Test
	void neverRevalidatesWithoutConfiguredNames(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (ProgrammedBackend backend = new ProgrammedBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(), "gateway.cache.revalidate-on=")) {
			gateway.awaitBackends("UP", 1);
			backend.respondWith("hello", "Cache-Control: public, max-age=3600");
			gateway.get("/");
			gateway.get("/", (headers) -> headers.set("Read-After", "g:1"));
			assertThat(backend.received("/")).hasSize(1);
		}
	}

}
