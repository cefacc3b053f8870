package com.foobar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts a shell")
class ProcessRecordsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@SuppressWarnings("NullAway.Init")
	private ChildProcess process;

	@SuppressWarnings("NullAway.Init")
	private ProcessRecords records;

	@BeforeEach
	void startProcess() throws IOException {
		this.process = start("exec sleep 60");
		this.records = new ProcessRecords(this.directory.resolve("run"));
		this.records.started("part", this.process.handle());
	}

	@AfterEach
	void killProcess() throws InterruptedException {
		this.process.kill();
	}

	@Test
	void findsARecordedProcess() {
		assertThat(new ProcessRecords(this.directory.resolve("run")).running("part")).contains(this.process.handle());
		assertThat(this.records.running("other")).isEmpty();
	}

	@Test
	void ignoresAnotherProcessWithTheSameId() throws IOException {
		Files.writeString(this.directory.resolve("run/part.pid"), this.process.handle().pid() + " 1000000000000\n");
		assertThat(this.records.running("part")).isEmpty();
		assertThat(this.records.end("part", Duration.ofSeconds(5))).isFalse();
		assertThat(this.process.isAlive()).isTrue();
	}

	@Test
	void endsAProcess() {
		assertThat(this.records.end("part", Duration.ofSeconds(10))).isTrue();
		assertThat(this.process.isAlive()).isFalse();
		assertThat(this.records.running("part")).isEmpty();
		assertThat(this.records.end("part", Duration.ofSeconds(10))).isFalse();
	}

	@Test
	void killsAProcessThatIgnoresTheSignal() throws Exception {
		Path received = this.directory.resolve("received");
		ChildProcess deaf = start(
				"trap 'touch " + received + "' TERM; touch " + received + ".ready; while true; do sleep 0.1; done");
		await().until(() -> Files.exists(this.directory.resolve("received.ready")));
		this.records.started("deaf", deaf.handle());
		assertThat(this.records.end("deaf", Duration.ofSeconds(1))).isTrue();
		assertThat(deaf.isAlive()).isFalse();
		assertThat(received).exists();
	}

	@Test
	void childIgnoresTheInterruptOfTheTerminal() throws Exception {
		Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -INT " + this.process.handle().pid()).start();
		assertThat(kill.waitFor()).isZero();
		await().during(Duration.ofMillis(500)).until(this.process::isAlive);
	}

	@Test
	void namesTheRemedyWhenARecordIsUnreadable() throws IOException {
		Files.writeString(this.directory.resolve("run/part.pid"), "what");
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> this.records.running("part"))
			.withMessageContaining("part.pid cannot be read")
			.withMessageContaining("Check whether part still runs");
	}

	private ChildProcess start(String script) throws IOException {
		return ChildProcess.start(List.of("/bin/sh", "-c", script), this.directory, this.directory.resolve("log"));
	}

}
