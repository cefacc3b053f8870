package com.foobar.local;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.foobar.local.process.ManagedProcess;
import com.foobar.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * The stack with real databases; stubs replace the applications, which are built after
 * this module and are tested with it in the system tests.
 */
class LocalStackIT {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void startsAllProcessesAndStopsThemInOrder() throws Exception {
		List<String> progress = new ArrayList<>();
		List<ProcessHandle> processes;
		List<String> ended = java.util.Collections.synchronizedList(new ArrayList<>());
		Path kept;
		CompletableFuture<Void> ends;
		try (LocalStack stack = builder().progress(progress::add).start()) {
			kept = stack.layout().directory();
			HttpClient client = HttpClient.newBuilder().sslContext(stack.clientContext()).build();
			assertThat(client.send(HttpRequest.newBuilder(stack.httpsUri()).build(), BodyHandlers.ofString()).body())
				.isEqualTo("stub");
			assertThat(stack.processes()).extracting(ManagedProcess::name)
				.containsExactly("gateway", "web-app-1", "web-app-2", "mariadb-replica-1", "mariadb-primary");
			assertThat(stack.primary().jdbcUrl()).contains("sslMode=VERIFY_IDENTITY");
			processes = stack.processes().stream().map((process) -> process.handle().orElseThrow()).toList();
			ends = CompletableFuture.allOf(stack.processes()
				.stream()
				.map((process) -> process.handle().orElseThrow().onExit().thenRun(() -> ended.add(process.name())))
				.toArray(CompletableFuture[]::new));
		}
		ends.get(5, TimeUnit.SECONDS);
		assertThat(processes).noneMatch(ProcessHandle::isAlive);
		assertThat(ended.get(0)).isEqualTo("gateway");
		assertThat(ended.subList(1, 3)).containsExactlyInAnyOrder("web-app-1", "web-app-2");
		assertThat(ended.subList(3, 5)).containsExactly("mariadb-replica-1", "mariadb-primary");
		assertThat(kept).doesNotExist();
		assertThat(progress).last().isEqualTo("the site responds through the gateway");
	}

	@Test
	void restartsAProcessThatEndedByItselfOnlyWhileSupervised() throws Exception {
		try (LocalStack stack = builder().start()) {
			List<String> progress = java.util.Collections.synchronizedList(new ArrayList<>());
			AutoCloseable watch = stack.supervise(progress::add);
			long before = stack.webApp(0).handle().orElseThrow().pid();
			stack.webApp(0).handle().orElseThrow().destroyForcibly();
			await().atMost(Duration.ofSeconds(30)).until(() -> progress.contains("web-app-1 is ready again"));
			assertThat(progress).contains("web-app-1 ended unexpectedly: starting it again");
			assertThat(stack.webApp(0).handle().orElseThrow().pid()).isNotEqualTo(before);
			watch.close();
			stack.webApp(1).kill();
			await().during(Duration.ofSeconds(2)).until(() -> !stack.webApp(1).isRunning());
		}
	}

	@Test
	void stopsTheOthersWhenAProcessDoesNotStart() {
		List<ProcessHandle> processes = new CopyOnWriteArrayList<>();
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> builder().webApps(1)
				.webAppArguments("--stub.exit=3")
				.listener((name, process) -> processes.add(process))
				.start())
			.withMessageStartingWith("web-app-1 ended with 3 while it started")
			.withMessageContaining("the stub ends as configured");
		assertThat(processes).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void noPasswordIsOnACommandLine() throws Exception {
		try (LocalStack stack = builder().replicas(0).webApps(1).directory(this.directory.resolve("stack")).start()) {
			for (ManagedProcess process : stack.processes()) {
				String commandLine = process.handle().orElseThrow().info().commandLine().orElse("");
				for (var account : com.foobar.local.database.Account.values()) {
					assertThat(commandLine).doesNotContain(stack.database().credentials().password(account));
				}
			}
		}
	}

	@Test
	void findsAProcessByItsName() throws Exception {
		try (LocalStack stack = builder().replicas(0).webApps(1).start()) {
			assertThat(stack.process("web-app-1")).isSameAs(stack.webApp(0));
			assertThatIllegalArgumentException().isThrownBy(() -> stack.process("web-app-2"))
				.withMessage("There is no process 'web-app-2'; expected one of [gateway, web-app-1, mariadb-primary]");
		}
	}

	private LocalStackBuilder builder() {
		try {
			Path stub = StubApplication.jar(this.directory);
			return LocalStack.builder().jars(new Jars(stub, stub));
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
