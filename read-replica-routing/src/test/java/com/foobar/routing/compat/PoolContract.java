package com.foobar.routing.compat;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.function.IntSupplier;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.Topology;
import com.mysql.cj.conf.ConnectionPropertiesTransform;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The settings of the pools and their sources.
 */
abstract class PoolContract extends Compatibility {

	@Test
	void settingsOfThePrimaryApplyToAllPoolsAndReplicasOverrideThem() {
		start(Application.class, WITHOUT_JPA,
				"spring.datasource.hikari.connection-init-sql=SET @pool='of the primary'");
		assertThat(pool(true)).as("inherited").isEqualTo("of the primary");
		assertThat(pool(false)).isEqualTo("of the primary");
		Objects.requireNonNull(this.context).close();
		start(Application.class, WITHOUT_JPA, "spring.datasource.hikari.connection-init-sql=SET @pool='of the primary'",
				"read-replica-routing.replicas[0].hikari.connection-init-sql=SET @pool='of the replica'");
		assertThat(pool(true)).as("overridden").isEqualTo("of the replica");
		assertThat(pool(false)).isEqualTo("of the primary");
	}

	@Test
	void poolWithoutAutoCommitIsRoutedToo() {
		start(Application.class, WITHOUT_JPA, "spring.datasource.hikari.auto-commit=false");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
	}

	@Test
	void primaryUsesConnectionDetailsWithoutAUrl() {
		this.context = null;
		run(WebApplicationType.NONE, ConnectionDetailsApplication.class, WITHOUT_JPA, "spring.datasource.url=",
				"spring.datasource.username=", "spring.datasource.password=", "test.url=" + servers().primaryUrl(),
				"test.username=" + servers().username(), "test.password=" + servers().password());
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		await(() -> transactions.reading(() -> server(jdbc)) == REPLICA);
		assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(bean(HikariDataSource.class).getJdbcUrl()).isEqualTo(servers().primaryUrl());
	}

	/** The replica lags, so that a read that does not wait misses the row. */
	@ParameterizedTest
	@CsvSource({ "jdbc:p6spy:mysql:, com.p6spy.engine.spy.P6SpyDriver, true",
			"jdbc:p6spy:mysql:, com.p6spy.engine.spy.P6SpyDriver, false",
			"jdbc:otel:mysql:, io.opentelemetry.instrumentation.jdbc.OpenTelemetryDriver, true",
			"jdbc:otel:p6spy:mysql:, io.opentelemetry.instrumentation.jdbc.OpenTelemetryDriver, true" })
	void ownWritesAreReadThroughWrappingDrivers(String scheme, String driver, boolean replicaToo) {
		start(Application.class, WITHOUT_JPA, "spring.datasource.url=" + wrapped(scheme, servers().primaryUrl()),
				"spring.datasource.driver-class-name=" + driver,
				"read-replica-routing.replicas[0].url="
						+ (replicaToo ? wrapped(scheme, servers().replicaUrl()) : servers().replicaUrl()),
				"read-replica-routing.max-lag=1h", "read-replica-routing.wait-timeout=50ms");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		await(() -> transactions.reading(() -> server(jdbc)) == REPLICA);
		assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		servers().delayReplication(Duration.ofSeconds(30));
		try {
			String text = scheme + replicaToo;
			transactions.writing(() -> insert(jdbc, text));
			assertThat(transactions.reading(() -> count(jdbc, text))).isEqualTo(1);
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	@Test
	void connectionIsRejectedWhenCommitTrackingWasDisabledLater() {
		start(Application.class, WITHOUT_JPA,
				"spring.datasource.url=" + with(servers().primaryUrl(), "propertiesTransform=" + Deaf.class.getName()));
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThatThrownBy(() -> transactions.writing(() -> server(jdbc)))
			.hasStackTraceContaining("trackSessionState is false; expected a connection of MySQL Connector/J");
	}

	/**
	 * The monitor uses its own account, so that its probes succeed.
	 */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void replicaWhosePoolCannotSignInIsExcludedUntilItCan(CapturedOutput log) throws Exception {
		run(WebApplicationType.SERVLET, Application.class, WITHOUT_JPA,
				"management.endpoints.web.exposure.include=health,replicas",
				"management.endpoint.health.show-details=always", "read-replica-routing.replicas[0].username=late",
				"read-replica-routing.replicas[0].password=Secret-1");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		await(() -> refused() != null);
		assertThat(refused()).contains("Access denied", "error 1045", "username");
		long began = System.nanoTime();
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
		assertThat(send("GET", "/actuator/replicas", "").body()).contains("refusing the connections of its pool");
		assertThat(send("GET", "/actuator/health", "").body()).contains("refusing the connections of its pool");
		assertThat(log.getAll()).contains("is refusing the connections of its pool: Access denied");
		servers().onPrimary("CREATE USER late@'%' IDENTIFIED BY 'Secret-1'", "GRANT SELECT ON foobar.* TO late@'%'");
		try {
			await(() -> transactions.reading(() -> server(jdbc)) == REPLICA);
		}
		finally {
			servers().onPrimary("DROP USER late@'%'");
		}
	}

	@Test
	void replicaWithoutTheDatabaseIsExcludedWithItsReason() {
		run(WebApplicationType.NONE, Application.class, WITHOUT_JPA,
				"read-replica-routing.replicas[0].url=" + servers().replicaUrl().replace("/foobar", "/nowhere"));
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		await(() -> refused() != null);
		assertThat(refused()).contains("nowhere").containsPattern("error 10(44|49)");
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(PRIMARY);
	}

	private @Nullable String refused() {
		NodeStatus status = bean(Topology.class).snapshot().replicas().get(0).status();
		return (status instanceof NodeStatus.Ineligible ineligible && ineligible.cause() == NodeStatus.Cause.REFUSED)
				? ineligible.detail() : null;
	}

	@Test
	void socketTimeoutDuringAWaitExcludesNoReplica() {
		start(Application.class, WITHOUT_JPA,
				"read-replica-routing.replicas[0].url=" + with(servers().replicaUrl(), "socketTimeout=400"),
				"read-replica-routing.max-lag=1h", "read-replica-routing.monitor.interval=1h");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		servers().delayReplication(Duration.ofSeconds(30));
		try {
			transactions.writing(() -> insert(jdbc, "short"));
			assertThat(transactions.reading(() -> count(jdbc, "short"))).isEqualTo(1);
			assertThat(bean(Topology.class).snapshot().replicas().get(0).isEligible()).isTrue();
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	@Test
	void replicaUsesThePrimarysDriverPropertiesUnlessItsUrlOverridesThem() {
		String tokyo = with(servers().primaryUrl(), "connectionTimeZone=Asia/Tokyo&tinyInt1isBit=false");
		start(Application.class, WITHOUT_JPA, "spring.datasource.url=" + tokyo);
		assertThat(instant(true)).isEqualTo(instant(false)).isEqualTo("2026-01-01T00:00:00Z");
		Objects.requireNonNull(this.context).close();
		start(Application.class, WITHOUT_JPA, "spring.datasource.url=" + tokyo,
				"read-replica-routing.replicas[0].url=" + with(servers().replicaUrl(), "connectionTimeZone=UTC"));
		assertThat(instant(false)).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(instant(true)).isEqualTo("2026-01-01T09:00:00Z");
	}

	private String instant(boolean readOnly) {
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		String[] instant = new String[1];
		IntSupplier work = () -> {
			instant[0] = Objects
				.requireNonNull(jdbc.queryForObject("SELECT TIMESTAMP('2026-01-01 09:00:00')", Timestamp.class))
				.toInstant()
				.toString();
			return server(jdbc);
		};
		assertThat(readOnly ? transactions.reading(work) : transactions.writing(work))
			.isEqualTo(readOnly ? REPLICA : PRIMARY);
		return instant[0];
	}

	static String wrapped(String scheme, String url) {
		return url.replaceFirst("^jdbc:mysql:", scheme);
	}

	static String with(String url, String parameters) {
		return url + (url.contains("?") ? "&" : "?") + parameters;
	}

	private String pool(boolean readOnly) {
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		String[] name = new String[1];
		int server = readOnly ? transactions.reading(() -> server(jdbc, name))
				: transactions.writing(() -> server(jdbc, name));
		assertThat(server).isEqualTo(readOnly ? REPLICA : PRIMARY);
		return name[0];
	}

	private static int server(JdbcTemplate jdbc, String[] name) {
		name[0] = jdbc.queryForObject("SELECT @pool", String.class);
		return server(jdbc);
	}

	/** Called by Connector/J for each connection. */
	public static class Deaf implements ConnectionPropertiesTransform {

		@Override
		public Properties transformProperties(Properties properties) {
			properties.setProperty("trackSessionState", "false");
			return properties;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class ConnectionDetailsApplication {

		@Bean
		JdbcConnectionDetails connectionDetails(org.springframework.core.env.Environment environment) {
			return new JdbcConnectionDetails() {

				@Override
				public String getJdbcUrl() {
					return environment.getRequiredProperty("test.url");
				}

				@Override
				public String getUsername() {
					return environment.getRequiredProperty("test.username");
				}

				@Override
				public String getPassword() {
					return environment.getRequiredProperty("test.password");
				}

			};
		}

	}

}
