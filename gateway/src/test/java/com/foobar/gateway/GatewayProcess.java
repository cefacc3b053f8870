package com.foobar.gateway;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway in a process of its own, for tests of its shutdown and its memory.
 */
final class GatewayProcess implements AutoCloseable {

	private final Process process;

	private final int port;

	private final Path log;

	/**
	 * Starts it.
	 * @param directory has a certificate, and gets the log
	 * @param backend its only backend
	 * @param jvmOptions further options of the virtual machine
	 */
	GatewayProcess(Path directory, TestBackend backend, String... jvmOptions) throws IOException {
		TestCertificates.write(directory, 1);
		this.port = freePort();
		this.log = directory.resolve("gateway.log");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx128m");
		command.addAll(List.of(jvmOptions));
		String bundle = "--spring.ssl.bundle.pem.gateway.keystore.";
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), GatewayApplication.class.getName(),
				"--server.port=" + this.port, "--server.address=127.0.0.1", "--management.server.port=0",
				"--gateway.http-port=-1", "--gateway.backends.urls=" + backend.url(), "--gateway.shutdown-delay=1s",
				bundle + "certificate=" + directory.resolve("tls.crt").toUri(),
				bundle + "private-key=" + directory.resolve("tls.key").toUri()));
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(new File(this.log.toString()))
			.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** Waits until the site responds. */
	void awaitUp(HttpClient client) {
		await().atMost(Duration.ofSeconds(60)).until(() -> isUp(client));
	}

	private boolean isUp(HttpClient client) {
		try {
			return Integer.valueOf(200)
				.equals(client.get().uri(site() + "/").response().map((it) -> it.status().code()).block());
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	String site() {
		return "https://localhost:" + this.port;
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

	/** Sends SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	int awaitEnd() throws InterruptedException {
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
