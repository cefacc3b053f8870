package com.foobar.routing.consistency;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The round-trip contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlRoundTripIT extends RoundTripContract {

	@SuppressWarnings("NullAway.Init")
	private static MySqlServers servers;

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
