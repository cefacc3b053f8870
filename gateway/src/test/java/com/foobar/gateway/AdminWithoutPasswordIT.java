package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Admin commands to a gateway without a password, or with one that is too short.
 */
class AdminWithoutPasswordIT {

	@Test
	void everyCommandIsRejected(@TempDir Path directory) {
		TestCertificates.write(directory, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(directory, List.of(backend))) {
			TestGateway.Response response = gateway.command("127.0.0.1:" + backend.port(), "{\"adminState\":\"drain\"}",
					"alice:");
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.body()).contains("gateway.admin.password-file is not set");
			assertThat(gateway.get("/").status()).isEqualTo(200);
		}
	}

	@Test
	void repeatedWrongPasswordsAreThrottled(@TempDir Path directory) throws IOException {
		TestCertificates.write(directory, 1);
		Path password = Files.writeString(directory.resolve("password"), "correct horse battery");
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(directory, List.of(backend),
						"gateway.admin.password-file=" + password)) {
			String name = "127.0.0.1:" + backend.port();
			List<Integer> statuses = Stream.iterate(0, (i) -> i + 1)
				.limit(11)
				.map((i) -> CompletableFuture
					.supplyAsync(() -> gateway.command(name, "{\"weight\":2}", "mallory:guess" + i).status()))
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.toList();
			assertThat(statuses).containsOnly(401, 429);
			// The right password is rejected too; otherwise the status would reveal it.
			TestGateway.Response response = gateway.command(name, "{\"weight\":2}", "alice:correct horse battery");
			assertThat(response.status()).isEqualTo(429);
			assertThat(response.header("Retry-After")).isEqualTo("6");
			assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		}
	}

	@Test
	void shortPasswordPreventsTheStart(@TempDir Path directory) throws IOException {
		TestCertificates.write(directory, 1);
		Path tooShort = Files.writeString(directory.resolve("short"), "secret");
		assertThatThrownBy(
				() -> new TestGateway(directory, "http://127.0.0.1:1", "gateway.admin.password-file=" + tooShort))
			.rootCause()
			.hasMessageContaining("holds 6 characters; expected at least 12");
	}

}
