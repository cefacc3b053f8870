package com.foobar.routing.consistency;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/**
 * The round-trip contract on MySQL.
 */
@EnabledIf(value = "engineAnswers", disabledReason = "no container engine answers; MySQL is tested where one runs")
class MySqlRoundTripIT extends RoundTripContract {

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

}
