package com.foobar.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class TrustCommandTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path home;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(String... args) {
		return new CommandLine(new TrustCommand()).setOut(new PrintWriter(this.out, true))
			.setErr(new PrintWriter(this.err, true))
			.setExecutionExceptionHandler((ex, line, result) -> {
				this.err.append(ex.getMessage());
				return ExitCode.USAGE;
			})
			.execute(args);
	}

	@BeforeEach
	void makeAuthority() {
		assertThat(new CommandLine(new BootstrapCommand()).setOut(new PrintWriter(new StringWriter()))
			.execute("--directory", this.home.toString())).isEqualTo(ExitCode.OK);
	}

	@ParameterizedTest
	@CsvSource({ "debian, update-ca-certificates", "fedora, update-ca-trust", "macos, security add-trusted-cert",
			"windows, certutil -user -addstore Root", "chromium, certutil -d sql:$HOME/.pki/nssdb -A",
			"firefox, Import", "tools, curl --cacert" })
	void printsTheCommandsOfEachSystem(String system, String step) {
		String certificate = this.home.resolve("authority/ca.crt").toString();
		assertThat(run("--certificate", certificate, "--on", system)).isEqualTo(ExitCode.OK);
		assertThat(this.out.toString()).contains(step, certificate);
	}

	@ParameterizedTest
	@CsvSource({ "debian, sudo rm", "fedora, sudo rm", "macos, remove-trusted-cert", "chromium, -D -n foobar",
			"firefox, Distrust" })
	void printsHowToRemoveTheCertificate(String system, String step) {
		assertThat(run("--certificate", this.home.resolve("authority/ca.crt").toString(), "--on", system, "--remove"))
			.isEqualTo(ExitCode.OK);
		assertThat(this.out.toString()).contains(step);
	}

	@Test
	void removalOnWindowsUsesTheThumbprint() {
		run("--certificate", this.home.resolve("authority/ca.crt").toString(), "--on", "windows", "--remove");
		assertThat(this.out.toString()).containsPattern("-delstore Root [0-9a-f]{40}");
	}

	@Test
	void findsTheCertificateOfTheStack() throws IOException {
		Path stack = Files.createDirectory(this.home.resolve("stack"));
		assertThat(run("--directory", stack.toString())).isEqualTo(ExitCode.FAILED);
		assertThat(this.err.toString()).contains("there is no certificate at " + stack.resolve("ca.crt"),
				"./foobar up");
		Files.copy(this.home.resolve("authority/ca.crt"), stack.resolve("ca.crt"));
		assertThat(run("--directory", stack.toString())).isEqualTo(ExitCode.OK);
		assertThat(this.out.toString()).contains("Firefox", stack.resolve("ca.crt").toString());
	}

	@Test
	void refusesAFileThatIsNotACertificateAndAnUnknownSystem() throws IOException {
		Path file = Files.writeString(this.home.resolve("text"), "nothing");
		assertThat(run("--certificate", file.toString())).isEqualTo(ExitCode.USAGE);
		assertThat(run("--certificate", this.home.resolve("authority/ca.crt").toString(), "--on", "beos"))
			.isEqualTo(ExitCode.USAGE);
		assertThat(this.err.toString()).contains("text is not a certificate",
				"--on is beos; expected one of debian, fedora");
	}

}
