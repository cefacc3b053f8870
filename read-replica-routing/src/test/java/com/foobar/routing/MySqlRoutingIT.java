package com.foobar.routing;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The routing contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlRoutingIT extends RoutingContract {

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
