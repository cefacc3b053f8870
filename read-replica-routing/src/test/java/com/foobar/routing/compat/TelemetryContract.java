package com.foobar.routing.compat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters, endpoint, health and log.
 */
abstract class TelemetryContract extends Compatibility {

	@Test
	void metersAreScraped() throws Exception {
		startWeb("read-replica-routing.consistency=read-your-writes");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		transactions.writing(() -> insert(jdbc, "metered"));
		transactions.reading(() -> server(jdbc));
		bean(Causality.class).receive("nonsense");
		assertThat(bean(Causality.class).receive(CausalityToken.NONE.toString())).isEqualTo(CausalityToken.NONE);
		String scraped = send("GET", "/actuator/prometheus", "").body();
		assertThat(scraped.lines().filter((line) -> line.startsWith("read_replica_routing_decisions_total")))
			.anySatisfy((line) -> assertThat(line).contains("target=\"primary\"", "reason=\"read-write\""))
			.anySatisfy((line) -> assertThat(line).contains("target=\"replica\""));
		assertThat(scraped).contains("read_replica_routing_eligible{", "read_replica_routing_lag_seconds{",
				"read_replica_routing_tokens_total{outcome=\"unreadable\"} 1.0",
				"read_replica_routing_tokens_total{outcome=\"unknown\"} 0.0", "hikaricp_connections_active{");
		assertThat(scraped.lines()
			.filter((line) -> line.startsWith("read_replica_routing_state{") && line.endsWith(" 1.0"))).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("state=\"eligible\""));
	}

	@Test
	void waitsAreRecordedByATimer() throws Exception {
		// No other read records that the replica has the write.
		startWeb("read-replica-routing.monitor.interval=1h");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		transactions.writing(() -> insert(jdbc, "waited for"));
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		String scraped = send("GET", "/actuator/prometheus", "").body();
		assertThat(scraped.lines().filter((line) -> line.startsWith("read_replica_routing_waits_seconds_count")))
			.anySatisfy((line) -> assertThat(line).contains("outcome=\"reached\"").endsWith(" 1"));
	}

	/** Every documented meter exists, and every meter is documented. */
	@Test
	void metersMatchTheReadme() throws Exception {
		// So that a read waits and the timer of waits exists.
		startWeb("read-replica-routing.monitor.interval=1h");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		transactions.writing(() -> insert(jdbc, "metered"));
		transactions.reading(() -> server(jdbc));
		Set<String> exist = bean(MeterRegistry.class).getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("read.replica.routing."))
			.map(TelemetryContract::describe)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> documented = Files.readAllLines(Path.of("README.md"))
			.stream()
			.filter((line) -> line.startsWith("| `read.replica.routing.") && cells(line).size() == 6)
			.map(TelemetryContract::describe)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(exist).isEqualTo(documented).hasSizeGreaterThan(5);
	}

	/** Name, type, base unit and keys of the tags. */
	private static String describe(Meter.Id id) {
		String unit = (id.getBaseUnit() != null) ? id.getBaseUnit()
				: (id.getType() == Meter.Type.TIMER) ? "seconds" : "";
		return id.getName() + " " + id.getType().name().toLowerCase(Locale.ROOT) + (unit.isEmpty() ? "" : ", " + unit)
				+ " " + new TreeSet<>(id.getTags().stream().map(Tag::getKey).toList());
	}

	/** Includes an empty cell before the first bar and after the last. */
	private static List<String> cells(String row) {
		return List.of(row.split("\\|", -1));
	}

	private static String describe(String row) {
		List<String> cells = cells(row);
		Set<String> tags = new TreeSet<>();
		Matcher matcher = Pattern.compile("`([a-z]+)`").matcher(cells.get(3));
		while (matcher.find()) {
			tags.add(matcher.group(1));
		}
		return cells.get(1).strip().replace("`", "") + " " + cells.get(2).strip() + " " + tags;
	}

	@Test
	void observationContainsTheServersAndTheWait() {
		startWeb("read-replica-routing.monitor.interval=1h");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		Observation observation = Observation.start("work", bean(ObservationRegistry.class));
		try (Observation.Scope scope = observation.openScope()) {
			assertThat(scope.getCurrentObservation()).isSameAs(observation);
			transactions.writing(() -> insert(jdbc, "observed"));
			transactions.reading(() -> server(jdbc));
			transactions.reading(() -> server(jdbc));
		}
		observation.stop();
		TopologySnapshot snapshot = bean(Topology.class).snapshot();
		assertThat(keyValue(observation, "read.replica.routing.node"))
			.isEqualTo(snapshot.primary().node().name() + "," + snapshot.replicas().get(0).node().name());
		assertThat(keyValue(observation, "read.replica.routing.reason")).isEqualTo("read-write,caught-up,read-only");
		assertThat(Long.parseLong(keyValue(observation, "read.replica.routing.waited"))).isNotNegative();
		assertThat(bean(MeterRegistry.class).get("work").timer().getId().getTags()).extracting(Tag::getKey)
			.as("a meter would have one series for each combination")
			.noneMatch((key) -> key.startsWith("read.replica.routing"));
	}

	private static String keyValue(Observation observation, String key) {
		return Objects.requireNonNull(observation.getContext().getHighCardinalityKeyValue(key), key).getValue();
	}

	@Test
	void replicaIsReadDrainedAndUndrainedOverHttp() throws Exception {
		startWeb();
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		String name = JsonPath.read(send("GET", "/actuator/replicas", "").body(), "$.replicas[0].name");
		assertThat(JsonPath.<Boolean>read(send("GET", "/actuator/replicas", "").body(), "$.primary.eligible")).isTrue();
		assertThat(send("POST", "/actuator/replicas/" + name, "{\"drained\": true}").body()).contains("drained");
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(JsonPath.<Boolean>read(send("GET", "/actuator/replicas/" + name, "").body(), "$.eligible"))
			.isFalse();
		assertThat(send("GET", "/actuator/health", "").statusCode()).as("a drained replica is no loss").isEqualTo(200);
		send("POST", "/actuator/replicas/" + name, "{\"drained\": false}");
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		assertThat(send("GET", "/actuator/replicas/nobody", "").statusCode()).isEqualTo(404);
		assertThat(send("POST", "/actuator/replicas/nobody", "{\"drained\": true}").statusCode()).isEqualTo(400);
	}

	@Test
	void readAccessDoesNotPermitADrain() throws Exception {
		startWeb("management.endpoint.replicas.access=read-only");
		String name = JsonPath.read(send("GET", "/actuator/replicas", "").body(), "$.replicas[0].name");
		assertThat(send("POST", "/actuator/replicas/" + name, "{\"drained\": true}").statusCode()).isEqualTo(405);
		assertThat(bean(Topology.class).snapshot().hasEligibleReplica()).isTrue();
	}

	@Test
	void healthStaysUpWithoutTheReplicaAndReportsIt() throws Exception {
		startWeb();
		servers().stopReplica();
		try {
			await(() -> !bean(Topology.class).snapshot().hasEligibleReplica());
			HttpResponse<String> health = send("GET", "/actuator/health", "");
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(JsonPath.<Boolean>read(health.body(), "$.components.db.details.writes")).isTrue();
			assertThat(health.body()).contains("unreachable");
		}
		finally {
			servers().startReplica();
		}
		await(() -> bean(Topology.class).snapshot().hasEligibleReplica());
	}

	@Test
	void logHasOneLinePerStateChangeAndNonePerRequest() {
		startWeb();
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		Logger logger = (Logger) LoggerFactory.getLogger("com.foobar.routing");
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			for (int i = 0; i < 100; i++) {
				transactions.reading(() -> server(jdbc));
				transactions.writing(() -> server(jdbc));
			}
			assertThat(lines(log)).isEmpty();
			servers().stopReplication();
			try {
				await(() -> !bean(Topology.class).snapshot().hasEligibleReplica());
				for (int i = 0; i < 100; i++) {
					transactions.reading(() -> server(jdbc));
				}
			}
			finally {
				servers().startReplication();
			}
			await(() -> bean(Topology.class).snapshot().hasEligibleReplica());
			assertThat(lines(log)).satisfiesExactly((line) -> assertThat(line).contains("WARN", "replication stopped"),
					(line) -> assertThat(line).contains("is recovering"),
					(line) -> assertThat(line).contains("INFO", "is eligible"));
		}
		finally {
			logger.detachAppender(log);
		}
	}

	/** Physical lines, so that a message of several lines counts as several. */
	private static List<String> lines(ListAppender<ILoggingEvent> log) {
		return new ArrayList<>(log.list).stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
			.flatMap((event) -> Stream.of((event.getLevel() + " " + event.getFormattedMessage()).split("\n")))
			.toList();
	}

	private void startWeb(String... properties) {
		startWeb(Application.class, properties);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

}
