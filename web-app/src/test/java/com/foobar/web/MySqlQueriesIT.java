package com.foobar.web;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract of queries on MySQL.
 */
@EnabledIf(value = "engineRuns", disabledReason = "no container engine runs")
class MySqlQueriesIT extends QueriesContract {

	private static final String PASSWORD = "secret";

	@SuppressWarnings("resource") // closed after all tests
	private final MySQLContainer server = new MySQLContainer(DockerImageName.parse("mysql:9.7"))
		.withDatabaseName("foobar")
		.withUsername("foobar_app")
		.withPassword(PASSWORD);

	static boolean engineRuns() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Override
	Map<String, String> startServers() throws SQLException {
		this.server.start();
		try (Connection root = observe(); Statement statement = root.createStatement()) {
			statement.execute("CREATE USER foobar_migration@'%' IDENTIFIED BY '" + PASSWORD + "'");
			statement.execute("GRANT ALL ON foobar.* TO foobar_migration@'%'");
		}
		return Map.of("spring.datasource.url", url(), "spring.datasource.username", "foobar_app",
				"spring.datasource.password", PASSWORD, "spring.flyway.user", "foobar_migration",
				"spring.flyway.password", PASSWORD);
	}

	@Override
	void awaitEverything() {
		// Reads use the primary, the only server.
	}

	@Override
	Connection observe() throws SQLException {
		return DriverManager.getConnection(url(), "root", PASSWORD);
	}

	@Override
	String observed() {
		return "db;";
	}

	@Override
	void stopServers() {
		this.server.stop();
	}

	private String url() {
		return "jdbc:mysql://" + this.server.getHost() + ":" + this.server.getMappedPort(3306)
				+ "/foobar?allowPublicKeyRetrieval=true";
	}

}
