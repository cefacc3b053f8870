package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service responds to CORS preflights, unless CORS is configured in the gateway.
 */
class PreflightIT {

	private static final String CORS = "spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/open/**]";

	private RecordingBackend backend;

	@BeforeEach
	void start() {
		this.backend = new RecordingBackend();
	}

	@AfterEach
	void stop() throws IOException {
		this.backend.close();
	}

	private static TestGateway.Response preflight(TestGateway gateway, String path, String origin) {
		return gateway.send("OPTIONS", path, null,
				(headers) -> headers.set("Origin", origin)
					.set("Access-Control-Request-Method", "PUT")
					.set("Access-Control-Request-Headers", "x-a"));
	}

	@Test
	void forwardsPreflightsLikeAnyOptions(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestGateway gateway = new TestGateway(certificates, this.backend.url())) {
			gateway.awaitBackends("UP", 1);
			TestGateway.Response response = preflight(gateway, "/api", "https://other.example");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("X-Backend")).isEqualTo("recording");
			assertThat(response.header("X-Request-Id")).isNotNull();
			assertThat(this.backend.received()).singleElement()
				.asString()
				.startsWith("OPTIONS /api HTTP/1.1")
				.containsIgnoringCase("access-control-request-method: PUT")
				.containsIgnoringCase("access-control-request-headers: x-a")
				.containsIgnoringCase("origin: https://other.example");
			// A preflight does not reach internal paths either.
			assertThat(preflight(gateway, "/readyz", "https://other.example").status()).isEqualTo(404);
		}
	}

	@Test
	void gatewayRespondsToPreflightsWhenCorsIsConfigured(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestGateway gateway = new TestGateway(certificates, this.backend.url(),
				CORS + ".allowed-origins=https://friend.example", CORS + ".allowed-methods=GET,PUT",
				CORS + ".allowed-headers=x-a")) {
			gateway.awaitBackends("UP", 1);
			TestGateway.Response permitted = preflight(gateway, "/open/x", "https://friend.example");
			assertThat(permitted.status()).isEqualTo(200);
			assertThat(permitted.header("Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
			assertThat(permitted.header("Access-Control-Allow-Methods")).contains("PUT");
			assertThat(permitted.header("X-Request-Id")).isNotNull();
			assertThat(permitted.header("X-Content-Type-Options")).isEqualTo("nosniff");
			TestGateway.Response refused = preflight(gateway, "/open/x", "https://stranger.example");
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.headers().contains("Access-Control-Allow-Origin")).isFalse();
			assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
			assertThat(refused.body()).contains("\"requestId\":\"" + refused.header("X-Request-Id") + "\"");
			assertThat(this.backend.received()).isEmpty();
			assertThat(preflight(gateway, "/other", "https://stranger.example").header("X-Backend"))
				.isEqualTo("recording");
			TestGateway.Response simple = gateway.get("/open/x",
					(headers) -> headers.set("Origin", "https://friend.example"));
			assertThat(simple.header("Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
		}
	}

}
