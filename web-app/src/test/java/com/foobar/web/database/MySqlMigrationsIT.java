package com.foobar.web.database;

import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract of migrations on MySQL.
 */
@EnabledIf(value = "engineRuns", disabledReason = "no container engine runs")
class MySqlMigrationsIT extends MigrationsContract {

	private static final String PASSWORD = "secret";

	@SuppressWarnings("resource") // closed after all tests
	private final MySQLContainer server = new MySQLContainer(DockerImageName.parse("mysql:9.7"))
		.withDatabaseName("foobar")
		.withPassword(PASSWORD);

	static boolean engineRuns() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@Override
	Database startServer() {
		this.server.start();
		return new Database("jdbc:mysql://" + this.server.getHost() + ":" + this.server.getMappedPort(3306)
				+ "/foobar?allowPublicKeyRetrieval=true", "root", PASSWORD);
	}

	@Override
	void stopServer() {
		this.server.stop();
	}

}
