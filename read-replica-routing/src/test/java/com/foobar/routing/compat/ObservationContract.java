package com.foobar.routing.compat;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import com.foobar.routing.Topology;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routing and health when the monitor's account lacks privileges. Here it has one
 * privilege, and none for {@code performance_schema}.
 */
abstract class ObservationContract extends Compatibility {

	private static final String WATCHER = "watcher";

	private static final String PASSWORD = "secret";

	@BeforeEach
	void createMonitorAccount() {
		servers().onPrimary("CREATE USER " + WATCHER + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
				"GRANT " + servers().monitorRight() + " ON *.* TO " + WATCHER + "@'%'");
		servers().awaitCaughtUp();
	}

	@AfterEach
	void dropMonitorAccount() {
		servers().onPrimary("DROP USER " + WATCHER + "@'%'");
		servers().awaitCaughtUp();
	}

	@Test
	void replicaIsExcludedWhileTheMonitorLacksItsPrivilege() throws Exception {
		startWithMonitorAccount();
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		servers().onPrimary("REVOKE " + servers().monitorRight() + " ON *.* FROM " + WATCHER + "@'%'");
		servers().awaitCaughtUp();
		// A connection keeps the privileges with which it was opened, the monitor's too.
		servers().connections(servers().replicaUrl(), WATCHER)
			.forEach((id) -> servers().execute(servers().replicaUrl(), "KILL CONNECTION " + id));
		await(() -> !bean(Topology.class).snapshot().hasEligibleReplica());
		await(() -> status().contains("cannot be monitored"));
		assertThat(status()).contains("read-replica-routing.monitor.username", servers().monitorRight());
		assertThat(lagMillis()).isNull();
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(JsonPath.<Boolean>read(send("GET", "/actuator/replicas", "").body(), "$.primary.eligible")).isTrue();
		assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
		servers().onPrimary("GRANT " + servers().monitorRight() + " ON *.* TO " + WATCHER + "@'%'");
		await(() -> bean(Topology.class).snapshot().hasEligibleReplica());
		assertThat(lagMillis()).isNotNull();
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
	}

	@Test
	void lagIsInWholeSecondsWithoutPerformanceSchema() {
		startWithMonitorAccount("read-replica-routing.max-lag=1h", "read-replica-routing.consistency=eventual");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		servers().delayReplication(Duration.ofSeconds(20));
		try {
			transactions.writing(() -> insert(jdbc, "late"));
			await(() -> Objects.requireNonNullElse(lagMillis(), 0) >= 2000);
			assertThat(Objects.requireNonNull(lagMillis()) % 1000).isZero();
			assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	private void startWithMonitorAccount(String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = "read-replica-routing.monitor.username=" + WATCHER;
		all[1] = "read-replica-routing.monitor.password=" + PASSWORD;
		System.arraycopy(properties, 0, all, 2, properties.length);
		startWeb(TelemetryContract.Application.class, all);
	}

	private String status() {
		return JsonPath.read(replicas(), "$.replicas[0].status");
	}

	private @Nullable Integer lagMillis() {
		return JsonPath.read(replicas(), "$.replicas[0].lagMillis");
	}

	private String replicas() {
		try {
			return send("GET", "/actuator/replicas", "").body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
