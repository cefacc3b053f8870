package com.foobar.routing.compat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application with a primary and a replica.
 */
abstract class Compatibility {

	static final int PRIMARY = 1;

	static final int REPLICA = 2;

	static final Duration TIMEOUT = Duration.ofSeconds(60);

	static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
			+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	@AfterEach
	void stopAndCheckThatNothingLeaked() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		if (this.context != null) {
			this.context.close();
		}
	}

	/** Starts it and waits for the replica, which an earlier test may have stopped. */
	ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return start(WebApplicationType.NONE, application, properties);
	}

	ConfigurableApplicationContext start(WebApplicationType type, Class<?> application, String... properties) {
		servers().onPrimary("CREATE TABLE IF NOT EXISTS foobar.memo (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
				+ "text VARCHAR(100), parent BIGINT)");
		servers().awaitCaughtUp();
		ConfigurableApplicationContext started = run(type, application, properties);
		Topology topology = started.getBean(Topology.class);
		await(() -> topology.snapshot().hasEligibleReplica());
		return started;
	}

	/** Starts it with a web server and the management endpoints. */
	void startWeb(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(
				List.of(WITHOUT_JPA, "management.endpoints.web.exposure.include=health,prometheus,replicas",
						"management.endpoint.health.show-details=always"));
		all.addAll(Arrays.asList(properties));
		start(WebApplicationType.SERVLET, application, all.toArray(String[]::new));
	}

	HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
		String port = Objects.requireNonNull(this.context).getEnvironment().getProperty("local.server.port");
		return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	ConfigurableApplicationContext run(WebApplicationType type, Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + servers().primaryUrl(),
				"spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.datasource.hikari.maximum-pool-size=4"));
		all.addAll(common());
		all.addAll(Arrays.asList(properties));
		// The last value wins.
		Map<String, String> byName = new LinkedHashMap<>();
		all.forEach((property) -> byName.put(property.substring(0, property.indexOf('=')), "--" + property));
		this.context = new SpringApplicationBuilder(Hearing.class, application).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.com.zaxxer.hikari=error")
			.run(byName.values().toArray(String[]::new));
		return this.context;
	}

	List<String> common() {
		return List.of("read-replica-routing.replicas[0].url=" + servers().replicaUrl(),
				"read-replica-routing.monitor.username=" + servers().monitorUsername(),
				"read-replica-routing.monitor.password=" + servers().monitorPassword(),
				"read-replica-routing.monitor.interval=200ms",
				// The wait is long enough for a loaded machine, so that reads do not fall
				// back to the primary.
				"read-replica-routing.wait-timeout=20s",
				// Connector/J cannot read MariaDB's keywords, which Hibernate requests.
				"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false");
	}

	Queue<RoutingDecision> decisions() {
		return Objects.requireNonNull(this.context).getBean(Decisions.class).decisions;
	}

	<T> T bean(Class<T> type) {
		return Objects.requireNonNull(this.context).getBean(type);
	}

	static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(100)).until(condition::getAsBoolean);
	}

	/** The server of the connection: {@link #PRIMARY} or {@link #REPLICA}. */
	static int server(JdbcOperations jdbc) {
		return Objects.requireNonNull(jdbc.queryForObject("SELECT @@server_id", Integer.class));
	}

	static int count(JdbcOperations jdbc, String text) {
		return Objects
			.requireNonNull(jdbc.queryForObject("SELECT COUNT(*) FROM memo WHERE text = ?", Integer.class, text));
	}

	static int insert(JdbcOperations jdbc, String text) {
		return jdbc.update("INSERT INTO memo (text) VALUES (?)", text);
	}

	@Configuration(proxyBeanMethods = false)
	static class Hearing {

		@Bean
		Decisions decisions() {
			return new Decisions();
		}

	}

	static class Decisions implements RoutingListener {

		private final Queue<RoutingDecision> decisions = new ConcurrentLinkedQueue<>();

		@Override
		public void onRouted(RoutingDecision decision) {
			this.decisions.add(decision);
		}

	}

}
