package com.foobar.local.database;

import com.foobar.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlatformTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, LINUX_X64", "Mac OS X, aarch64, MACOS_ARM64", "Windows 11, amd64, WINDOWS_X64" })
	void findsTheBinariesOfAPlatform(String name, String architecture, Platform platform) {
		assertThat(Platform.of(name, architecture)).isEqualTo(platform);
	}

	@ParameterizedTest
	@CsvSource({ "Linux, aarch64", "Mac OS X, x86_64", "FreeBSD, amd64" })
	void namesTheRemedyWhenNoBinariesArePublished(String name, String architecture) {
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> Platform.of(name, architecture))
			.withMessageContaining("for %s on %s", name, architecture)
			.withMessageContaining("docker compose up")
			.withMessageContaining("--mariadb-home");
	}

	@Test
	void namesTheMissingFilesWhenADirectoryHoldsNoServer() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> Distribution.installedIn(java.nio.file.Path.of("nowhere")))
			.withMessageContaining("nowhere holds no MariaDB server: checked for")
			.withMessageContaining("mariadbd");
	}

}
