package com.foobar.system;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerState;

import static org.awaitility.Awaitility.await;

/**
 * The stack as {@code docker compose up --build} runs it, on free ports and under a
 * project name of its own.
 */
final class ComposeStack implements RunningStack {

	private static final String GATEWAY = "gateway-1";

	private static final List<String> INSTANCES = List.of("web-app-1", "web-app-2");

	private static final String PRIMARY = "mysql-primary";

	private static final String REPLICA = "mysql-replica-1";

	private final int httpPort = freePort();

	private final int httpsPort = freePort();

	private final int managementPort = freePort();

	private final ComposeContainer compose;

	private final DockerClient docker = DockerClientFactory.instance().client();

	private ComposeStack() {
		this.compose = new ComposeContainer("foobar", composeFile()).withBuild(true)
			.withPull(false)
			.withRemoveVolumes(true)
			.withEnv("HTTP_PORT", Integer.toString(this.httpPort))
			.withEnv("HTTPS_PORT", Integer.toString(this.httpsPort))
			.withEnv("MANAGEMENT_PORT", Integer.toString(this.managementPort))
			.withStartupTimeout(Duration.ofMinutes(10));
	}

	static ComposeStack up() {
		ComposeStack stack = new ComposeStack();
		try {
			stack.compose.start();
			return stack;
		}
		catch (RuntimeException ex) {
			stack.close();
			throw ex;
		}
	}

	private static File composeFile() {
		return Path.of("..", "docker-compose.yml").toAbsolutePath().normalize().toFile();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no free port", ex);
		}
	}

	@Override
	public URI site() {
		return URI.create("https://localhost:" + this.httpsPort);
	}

	@Override
	public URI plainSite() {
		return URI.create("http://localhost:" + this.httpPort);
	}

	@Override
	public X509Certificate certificateAuthority() {
		String pem = run(GATEWAY, "cat", "/run/secrets/ca.crt");
		try {
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (CertificateException ex) {
			throw new IllegalStateException("the gateway's ca.crt is not a certificate: " + pem, ex);
		}
	}

	@Override
	public List<String> instances() {
		return INSTANCES;
	}

	@Override
	public String primary() {
		return PRIMARY;
	}

	@Override
	public String replica() {
		return REPLICA;
	}

	@Override
	public void killInstance(String instance) {
		kill(instance);
	}

	@Override
	public void startInstance(String instance) {
		start(instance);
	}

	/**
	 * Stops the primary in an orderly way, but ends the threads of its replicas first: it
	 * would wait ten seconds for them, even if the replicas are gone.
	 */
	@Override
	public void stopPrimary() {
		queryPrimary("SELECT id FROM performance_schema.processlist WHERE command LIKE 'Binlog Dump%'")
			.forEach(this::endThread);
		stop(PRIMARY + "-1");
	}

	private void endThread(String id) {
		try {
			queryPrimary("KILL " + id);
		}
		catch (IllegalStateException ex) {
			// It has already ended.
		}
	}

	@Override
	public void startPrimary() {
		start(PRIMARY + "-1");
	}

	@Override
	public void stopReplica() {
		stop(REPLICA + "-1");
	}

	@Override
	public void startReplica() {
		start(REPLICA + "-1");
	}

	@Override
	public void delayReplica(Duration delay) {
		queryReplica("STOP REPLICA SQL_THREAD; CHANGE REPLICATION SOURCE TO SOURCE_DELAY = " + delay.toSeconds()
				+ "; START REPLICA SQL_THREAD");
	}

	@Override
	public void restartAll() {
		stop(GATEWAY);
		INSTANCES.parallelStream().forEach(this::stop);
		stopReplica();
		stopPrimary();
		startPrimary();
		startReplica();
		INSTANCES.forEach(this::start);
		start(GATEWAY);
	}

	/**
	 * Empties the replica's volume and starts it again, as if the disk had been replaced.
	 */
	void wipeReplica() {
		String service = REPLICA + "-1";
		run(service, "find", "/var/lib/mysql", "-mindepth", "1", "-delete");
		kill(service);
		start(service);
	}

	/**
	 * Sets both servers' counters of the statements that each connection has sent to
	 * zero.
	 */
	void resetStatementCounters() {
		String truncate = "TRUNCATE performance_schema.events_statements_summary_by_thread_by_event_name";
		queryPrimary(truncate);
		queryReplica(truncate);
	}

	@Override
	public List<String> queryReplica(String sql) {
		return query(REPLICA + "-1", sql);
	}

	@Override
	public List<String> queryPrimary(String sql) {
		return query(PRIMARY + "-1", sql);
	}

	/** Kills everything: {@link #restartAll} tests an orderly stop. */
	@Override
	public void close() {
		try {
			Stream.concat(Stream.of(GATEWAY, REPLICA + "-1", PRIMARY + "-1"), INSTANCES.stream())
				.flatMap((service) -> this.compose.getContainerByServiceName(service).stream())
				.filter(ContainerState::isRunning)
				.forEach((container) -> this.docker.killContainerCmd(container.getContainerId()).exec());
		}
		finally {
			this.compose.stop();
		}
	}

	private List<String> query(String service, String sql) {
		String script = "MYSQL_PWD=$(cat /run/secrets/root-password) exec mysql -uroot --batch --skip-column-names -e \"$0\"";
		return run(service, "bash", "-c", script, sql).lines().toList();
	}

	private String run(String service, String... command) {
		try {
			ExecResult result = container(service).execInContainer(command);
			if (result.getExitCode() != 0) {
				throw new IllegalStateException(String.format(Locale.ROOT, "%s in %s: %s", String.join(" ", command),
						service, result.getStderr()));
			}
			return result.getStdout();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private void kill(String service) {
		this.docker.killContainerCmd(container(service).getContainerId()).exec();
		awaitRunning(service, false);
	}

	private void stop(String service) {
		this.docker.stopContainerCmd(container(service).getContainerId()).withTimeout(60).exec();
		awaitRunning(service, false);
	}

	private void start(String service) {
		this.docker.startContainerCmd(container(service).getContainerId()).exec();
		awaitRunning(service, true);
	}

	private void awaitRunning(String service, boolean running) {
		await().atMost(Duration.ofSeconds(60)).until(() -> container(service).isRunning() == running);
	}

	private ContainerState container(String service) {
		return this.compose.getContainerByServiceName(service)
			.orElseThrow(() -> new IllegalStateException("Compose has no container " + service));
	}

}
