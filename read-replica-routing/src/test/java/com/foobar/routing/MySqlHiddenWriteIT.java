package com.foobar.routing;

import java.util.List;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/**
 * Hidden writes on MySQL.
 */
@EnabledIf(value = "engineAnswers", disabledReason = "no container engine answers; MySQL is tested where one runs")
class MySqlHiddenWriteIT extends HiddenWriteContract {

	@SuppressWarnings("NullAway.Init")
	private static MySqlServers servers;

	static boolean engineAnswers() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@BeforeAll
	static void startServers() {
		servers = new MySqlServers();
	}

	@AfterAll
	static void stopServers() {
		servers.close();
	}

	@Override
	ReplicatedServers servers() {
		return servers;
	}

	@Override
	String dialect() {
		return "MySQLDialect";
	}

	@Override
	List<String> refusedHere() {
		return List.of("EXPLAIN ANALYZE SELECT f()", "VALUES ROW(f())");
	}

}
