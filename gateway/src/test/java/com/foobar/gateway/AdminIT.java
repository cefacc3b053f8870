package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Admin commands on the management port.
 */
class AdminIT {

	private static final String PASSWORD = "correct horse battery";

	private static TestBackend first;

	private static TestBackend second;

	private static TestGateway gateway;

	private static final ListAppender<ILoggingEvent> audit = new ListAppender<>();

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		TestCertificates.write(directory, 1);
		Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
		first = new TestBackend("first");
		second = new TestBackend("second");
		gateway = new TestGateway(directory, List.of(first, second), "gateway.admin.password-file=" + password);
		gateway.awaitBackends("UP", 2);
		Logger logger = (Logger) LoggerFactory.getLogger("audit");
		logger.setLevel(Level.INFO);
		logger.addAppender(audit);
		audit.start();
	}

	private static List<String> audited() {
		return List.copyOf(audit.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@AfterEach
	void backToNormal() {
		command("{\"adminState\":\"ready\",\"weight\":1}");
		gateway.awaitBackends("UP", 2);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	void drainedBackendGetsNoRequestsAndIsStillChecked() {
		TestGateway.Response response = command("{\"adminState\":\"drain\"}");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).contains("\"adminState\":\"DRAIN\"", "\"state\":\"UP\"");
		assertThat(served(6)).containsOnly("second");
		assertThat(audited()).contains("changed operator=alice address=127.0.0.1 backend=127.0.0.1:" + first.port()
				+ " adminState=READY->DRAIN weight=1->1");
		command("{\"adminState\":\"ready\"}");
		assertThat(served(6)).contains("first", "second");
	}

	@Test
	void backendInMaintenanceIsNotChecked() {
		command("{\"adminState\":\"maintenance\"}");
		assertThat(served(6)).containsOnly("second");
		first.ready(503, "");
		second.ready(503, "");
		gateway.awaitBackends("NOT_READY", 1);
		first.ready(200, TestBackend.READY);
		second.ready(200, TestBackend.READY);
		gateway.awaitBackends("UP", 2);
		assertThat(served(6)).containsOnly("second");
	}

	@Test
	void weightTakesEffectImmediately() {
		assertThat(command("{\"weight\":3}").body()).contains("\"weight\":3");
		assertThat(served(8)).filteredOn("second"::equals).hasSize(2);
		command("{\"weight\":0}");
		assertThat(served(4)).containsOnly("second");
	}

	@Test
	void drainingFailsNoRequest() throws InterruptedException {
		AtomicBoolean stop = new AtomicBoolean();
		AtomicInteger good = new AtomicInteger();
		AtomicInteger bad = new AtomicInteger();
		ExecutorService clients = Executors.newFixedThreadPool(6);
		for (int i = 0; i < 6; i++) {
			int client = i;
			clients.execute(() -> {
				while (!stop.get()) {
					(isGood(client) ? good : bad).incrementAndGet();
				}
			});
		}
		for (int round = 0; round < 5; round++) {
			int before = good.get();
			await().until(() -> good.get() > before + 50);
			command("{\"adminState\":\"drain\"}");
			await().until(() -> gateway.management("/actuator/backends").body().split("\"port\":" + first.port(), 2)[1]
				.split("}", 2)[0].contains("\"inFlight\":0"));
			// Empty, so it may go.
			first.kill();
			int without = good.get();
			await().until(() -> good.get() > without + 50);
			first.start();
			gateway.awaitBackends("UP", 2);
			command("{\"adminState\":\"ready\"}");
		}
		stop.set(true);
		clients.shutdown();
		assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(bad).hasValue(0);
	}

	private static boolean isGood(int client) {
		try {
			return ((client % 2 == 0) ? gateway.get("/") : gateway.send("POST", "/echo", "x")).status() == 200;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | The request changes nothing",
					"{\"weight\":257} | The weight is 257; expected a number from 0 to 256",
					"{\"weight\":-1} | The weight is -1", "{\"weight\":2.5} | The weight is 2.5",
					"{\"weight\":\"much\"} | The weight is much",
					"{\"adminState\":\"rest\"} | adminState is rest; expected ready, drain or maintenance",
					"{\"adminState\":\"drain\",\"weight\":999} | The weight is 999", "{\"adminState\" | Bad Request" })
	void rejectsInvalidCommands(String body, String detail) {
		TestGateway.Response response = command(body);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(response.body()).contains(detail);
		assertThat(gateway.management("/actuator/backends").body()).doesNotContain("DRAIN");
	}

	@Test
	void rejectsCommandsForUnknownBackends() {
		TestGateway.Response response = gateway.command("192.0.2.1:80", "{\"adminState\":\"drain\"}",
				"alice:" + PASSWORD);
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(response.body()).contains("There is no backend 192.0.2.1:80", name());
	}

	@Test
	void rejectsCommandsWithoutTheRightPassword() {
		TestGateway.Response response = gateway.command(name(), "{\"adminState\":\"drain\"}", "mallory:guess");
		assertThat(response.status()).isEqualTo(401);
		assertThat(response.header("WWW-Authenticate")).startsWith("Basic");
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(gateway.command(name(), "{\"adminState\":\"drain\"}", null).status()).isEqualTo(401);
		assertThat(gateway.management("/actuator/backends").body()).doesNotContain("DRAIN");
		assertThat(audited()).anyMatch((line) -> line.startsWith("rejected operator=mallory address=127.0.0.1"))
			.noneMatch((line) -> line.contains("guess"));
	}

	@Test
	void everyChangeOnTheManagementPortRequiresThePassword() {
		assertThat(gateway.signIn(null).status()).isEqualTo(401);
		assertThat(gateway.signIn("alice:" + PASSWORD).status()).isEqualTo(204);
	}

	@Test
	void auditLogEscapesTheOperatorName() {
		assertThat(gateway.command(name(), "{}", "a\nordered operator=root:guess").status()).isEqualTo(401);
		assertThat(audited()).anyMatch((line) -> line.startsWith("rejected operator=a?ordered?operator?root "))
			.noneMatch((line) -> line.contains("\n"));
	}

	@Test
	void connectsToEveryBackend() {
		gateway.get("/");
		assertThat(gateway.management("/actuator/prometheus").body())
			.contains("gateway_backend_attempts_seconds_bucket{backend=\"" + name() + "\",outcome=\"2xx\"")
			.contains("gateway_backend_in_flight{backend=\"" + name() + "\"} 0")
			.contains("gateway_backend_weight{backend=\"" + name() + "\"} 1")
			.contains("gateway_backend_up{backend=\"" + name() + "\"} 1")
			.contains("gateway_backend_ejected{backend=\"" + name() + "\"} 0")
			.contains("gateway_backend_admin_state{backend=\"" + name() + "\",state=\"ready\"} 1")
			.contains("gateway_backend_admin_state{backend=\"" + name() + "\",state=\"drain\"} 0")
			.contains("gateway_backend_ejections_total{backend=\"" + name() + "\"} 0");
	}

	private static String name() {
		return "127.0.0.1:" + first.port();
	}

	private static TestGateway.Response command(String body) {
		return gateway.command(name(), body, "alice:" + PASSWORD);
	}

	private static List<String> served(int requests) {
		return Stream.generate(() -> gateway.get("/").backend()).limit(requests).toList();
	}

}
