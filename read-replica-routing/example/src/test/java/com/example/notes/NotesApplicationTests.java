package com.example.notes;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mysql.MySQLContainer;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application on a primary that Spring Boot finds by its container, and on a replica that a property names. The
 * property must be there when the application starts: {@code @DynamicPropertySource}, not a bean.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Testcontainers(disabledWithoutDocker = true)
class NotesApplicationTests {

	private static final String IMAGE = "mysql:9.7";

	private static final String PASSWORD = "secret";

	private static final Network NETWORK = Network.newNetwork();

	@Container
	@ServiceConnection
	static final MySQLContainer PRIMARY = new MySQLContainer(IMAGE).withPassword(PASSWORD)
		.withNetwork(NETWORK)
		.withNetworkAliases("primary")
		.withCommand("--server-id=1", "--gtid-mode=ON", "--enforce-gtid-consistency=ON");

	@Container
	static final GenericContainer<?> REPLICA = new GenericContainer<>(IMAGE).withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
		.withNetwork(NETWORK)
		.withExposedPorts(3306)
		.withCommand("--server-id=2", "--gtid-mode=ON", "--enforce-gtid-consistency=ON")
		.waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1));

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void replica(DynamicPropertyRegistry properties) throws Exception {
		try (Connection connection = DriverManager.getConnection(replicaUrl(""), "root", PASSWORD);
				Statement statement = connection.createStatement()) {
			statement.execute("RESET BINARY LOGS AND GTIDS");
			statement.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST='primary', SOURCE_USER='root', SOURCE_PASSWORD='"
					+ PASSWORD + "', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1");
			statement.execute("START REPLICA");
		}
		properties.add("spring.datasource.url", () -> "");
		properties.add("read-replica-routing.replicas[0].url", () -> replicaUrl(PRIMARY.getDatabaseName()));
		properties.add("read-replica-routing.monitor.username", () -> "root");
		properties.add("read-replica-routing.monitor.password", () -> PASSWORD);
		properties.add("read-replica-routing.monitor.interval", () -> "200ms");
		properties.add("read-replica-routing.wait-timeout", () -> "10s");
	}

	private static String replicaUrl(String database) {
		return "jdbc:mysql://" + REPLICA.getHost() + ":" + REPLICA.getMappedPort(3306) + "/" + database
				+ "?sslMode=REQUIRED";
	}

	@Test
	void readsOnTheReplicaWhatWasWrittenOnThePrimary() throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		awaitReplica(browser);
		HttpResponse<String> written = send(browser, HttpRequest.newBuilder(uri("/notes"))
			.POST(HttpRequest.BodyPublishers.ofString("hello")));
		assertThat(written.body()).as("server id of the primary").isEqualTo("1");
		assertThat(written.headers().firstValue("Read-After")).isPresent();
		assertThat(get(browser, "/notes")).contains("hello");
		assertThat(get(browser, "/server")).as("server id of the replica").isEqualTo("2");
		assertThat(get(browser, "/actuator/health")).contains("\"writes\":true");
	}

	private void awaitReplica(HttpClient browser) throws Exception {
		long deadline = System.nanoTime() + 120_000_000_000L;
		while (!get(browser, "/server").equals("2")) {
			assertThat(System.nanoTime()).as("time to wait for the replica; " + get(browser, "/actuator/replicas"))
				.isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

	private String get(HttpClient browser, String path) throws Exception {
		return send(browser, HttpRequest.newBuilder(uri(path))).body();
	}

	private HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response;
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

}
