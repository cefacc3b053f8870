package com.foobar.routing.consistency;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The consistency contract on MariaDB, which Connector/J reaches with a MySQL URL.
 */
class MariaDbConsistencyIT extends ConsistencyContract {

	@SuppressWarnings("NullAway.Init")
	private static MariaDbServers servers;

	@BeforeAll
	static void startServers() {
		servers = new MariaDbServers(2);
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
