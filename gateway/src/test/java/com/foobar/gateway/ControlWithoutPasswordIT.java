package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Orders to a gateway that has no password for them, or a bad one.
 */
class ControlWithoutPasswordIT {

	@Test
	void everyOrderIsRefused(@TempDir Path directory) {
		TestCertificates.write(directory, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(directory, List.of(backend))) {
			TestGateway.Answer answer = gateway.order("127.0.0.1:" + backend.port(), "{\"duty\":\"drain\"}", "alice:");
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).contains("gateway.control.password-file is not set");
			assertThat(gateway.get("/").status()).isEqualTo(200);
		}
	}

	@Test
	void aShortPasswordStopsTheStart(@TempDir Path directory) throws IOException {
		TestCertificates.write(directory, 1);
		Path tooShort = Files.writeString(directory.resolve("short"), "secret");
		assertThatThrownBy(
				() -> new TestGateway(directory, "http://127.0.0.1:1", "gateway.control.password-file=" + tooShort))
			.rootCause()
			.hasMessageContaining("holds 6 characters; expected at least 12");
	}

}
