package com.foobar.routing.consistency;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The consistency contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlConsistencyIT extends ConsistencyContract {

	@SuppressWarnings("NullAway.Init")
	private static MySqlServers servers;

	@BeforeAll
	static void startServers() {
		servers = new MySqlServers(2);
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
