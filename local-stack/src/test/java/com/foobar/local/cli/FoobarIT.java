package com.foobar.local.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.foobar.local.Layout;
import com.foobar.local.Ports;
import com.foobar.local.StackState;
import com.foobar.local.StubApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The commands as a user runs them, each in a process of its own, with real databases;
 * stubs replace the applications.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sends signals")
class FoobarIT {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path home;

	private final Ports ports = Ports.free(1, 1);

	private final List<Process> started = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private Path stub;

	@SuppressWarnings("NullAway.Init")
	private StackState state;

	@BeforeEach
	void makeStub() throws IOException {
		this.stub = StubApplication.jar(this.home);
		this.state = new StackState(new Layout(this.home.resolve("stack")));
	}

	@AfterEach
	void endAll() throws Exception {
		run("down");
		this.started.forEach(Process::destroyForcibly);
	}

	@Test
	void upServesUntilInterruptedAndStopsEverything() throws Exception {
		Process up = start("up");
		awaitReady(up);
		assertThat(output(up)).contains("The site is up: https://www.foobar.localhost:" + this.ports.https())
			.contains("./foobar down")
			.doesNotContain("\u001b");
		List<ProcessHandle> parts = parts();
		assertThat(parts).hasSize(4);
		assertThat(run("status")).satisfies((status) -> {
			assertThat(status.exit()).isEqualTo(ExitCode.OK);
			assertThat(status.output()).contains("primary, writable").contains("replica, 0 s behind").contains("ready");
		});
		assertThat(run("up").output()).contains("runs already, under process " + up.pid());
		signal("INT", up.toHandle());
		assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(up.exitValue()).isEqualTo(130);
		assertThat(output(up)).contains("stopped; the data stays in");
		assertThat(parts).noneMatch(ProcessHandle::isAlive);
		assertThat(run("status").exit()).isEqualTo(ExitCode.NOT_HEALTHY);
	}

	@Test
	void interruptDuringTheStartLeavesNothingBehind() throws Exception {
		Process up = start("up");
		await().atMost(Duration.ofSeconds(60)).until(() -> this.state.records().running("mariadb-primary").isPresent());
		List<ProcessHandle> parts = parts();
		signal("INT", up.toHandle());
		assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(output(up)).contains("stopped before all was started").doesNotContain("Exception");
		assertThat(parts).isNotEmpty().noneMatch(ProcessHandle::isAlive);
		assertThat(parts()).isEmpty();
	}

	@Test
	void downEndsProcessesOfAKilledSupervisor() throws Exception {
		Process up = start("up");
		awaitReady(up);
		List<ProcessHandle> parts = parts();
		up.destroyForcibly().waitFor();
		assertThat(parts).allMatch(ProcessHandle::isAlive);
		assertThat(run("status")).satisfies((status) -> {
			assertThat(status.exit()).isEqualTo(ExitCode.NOT_HEALTHY);
			assertThat(status.output()).contains("Its supervisor was killed");
		});
		assertThat(run("down").output()).contains("stopping gateway, left behind by an earlier run");
		await().atMost(Duration.ofSeconds(5)).until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void upDetachedAndDownAndPurge() throws Exception {
		Result up = run("up", "--detach");
		assertThat(up.exit()).as(up.output()).isZero();
		assertThat(up.output()).contains("The site is up");
		List<ProcessHandle> parts = parts();
		assertThat(parts).hasSize(4).allMatch(ProcessHandle::isAlive);
		Result down = run("down", "--purge");
		assertThat(down.exit()).as(down.output()).isZero();
		assertThat(down.output()).contains("stopped").contains("removed data");
		await().atMost(Duration.ofSeconds(5)).until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
		assertThat(this.home.resolve("stack")).doesNotExist();
	}

	@Test
	void purgeKeepsForeignFiles() throws Exception {
		Path mine = Files.createDirectories(this.home.resolve("stack")).resolve("mine.txt");
		Files.writeString(mine, "mine");
		Files.createDirectories(this.home.resolve("stack/data"));
		assertThat(run("down", "--purge").exit()).isZero();
		assertThat(mine).exists();
		assertThat(this.home.resolve("stack/data")).doesNotExist();
	}

	@Test
	void startsNothingWhenAPortIsInUse() throws Exception {
		try (var socket = new java.net.ServerSocket(this.ports.https())) {
			assertThat(socket.isBound()).isTrue();
			Result up = run("up");
			assertThat(up.exit()).isEqualTo(ExitCode.UNFIT);
			assertThat(up.output()).contains("port " + this.ports.https() + ": is in use")
				.contains("Nothing was started.");
			assertThat(run("doctor").exit()).isEqualTo(ExitCode.UNFIT);
		}
		assertThat(run("doctor").exit()).isEqualTo(ExitCode.OK);
		assertThat(parts()).isEmpty();
	}

	@Test
	void wrongCommandLineIsRefusedWithTheReason() throws Exception {
		assertThat(run("up", "--web-apps", "0")).satisfies((result) -> {
			assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
			assertThat(result.output()).contains("--web-apps is 0; expected 1 to 9");
		});
		assertThat(Foobar.run("bootstrap", "--directory", this.home.toString(), "--owner", "web-app=x"))
			.isEqualTo(ExitCode.USAGE);
		assertThat(Foobar.run("nonsense")).isEqualTo(ExitCode.USAGE);
		assertThat(Foobar.run("--help")).isEqualTo(ExitCode.OK);
	}

	private record Result(int exit, String output) {
	}

	private Result run(String... command) throws Exception {
		Process process = start(command);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		return new Result(process.exitValue(), output(process));
	}

	private Process start(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dfoobar.web-app.jar=" + this.stub, "-Dfoobar.gateway.jar=" + this.stub, "-cp",
				System.getProperty("java.class.path"), Foobar.class.getName()));
		all.addAll(List.of(command));
		all.addAll(List.of("--directory", this.home.resolve("stack").toString()));
		if (command[0].equals("up") || command[0].equals("doctor")) {
			all.addAll(List.of("--http-port", port(this.ports.http()), "--https-port", port(this.ports.https()),
					"--management-port", port(this.ports.management()), "--web-app-port",
					port(this.ports.webApps().get(0)), "--web-app-management-port",
					port(this.ports.webAppManagement().get(0)), "--database-port",
					port(this.ports.databases().get(0))));
			if (!List.of(command).contains("--web-apps")) {
				all.addAll(List.of("--web-apps", "1"));
			}
		}
		Process process = new ProcessBuilder(all).redirectErrorStream(true)
			.redirectOutput(this.home.resolve("output-" + this.started.size()).toFile())
			.start();
		this.started.add(process);
		return process;
	}

	private static String port(int port) {
		return Integer.toString(port);
	}

	private String output(Process process) throws IOException {
		return Files.readString(this.home.resolve("output-" + this.started.indexOf(process)), StandardCharsets.UTF_8);
	}

	private void awaitReady(Process up) {
		await().atMost(Duration.ofMinutes(2)).until(() -> {
			assertThat(up.isAlive()).as(output(up)).isTrue();
			return Files.exists(this.home.resolve("stack/run/" + Detached.READY));
		});
	}

	private List<ProcessHandle> parts() {
		return Stream.of("gateway", "web-app-1", "mariadb-replica-1", "mariadb-primary")
			.flatMap((part) -> this.state.records().running(part).stream())
			.toList();
	}

	private static void signal(String name, ProcessHandle process) throws Exception {
		assertThat(new ProcessBuilder("/bin/sh", "-c", String.format(Locale.ROOT, "kill -%s %d", name, process.pid()))
			.start()
			.waitFor()).isZero();
	}

}
