package com.foobar.routing.consistency;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The round-trip contract on MariaDB, which Connector/J reaches with a MySQL URL.
 */
class MariaDbRoundTripIT extends RoundTripContract {

	@SuppressWarnings("NullAway.Init")
	private static MariaDbServers servers;

	@BeforeAll
	static void startServers() {
		servers = new MariaDbServers();
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
