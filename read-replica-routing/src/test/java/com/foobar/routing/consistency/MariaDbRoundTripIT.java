package com.foobar.routing.consistency;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The round-trip contract on MariaDB, through Connector/J with a MySQL URL.
 */
class MariaDbRoundTripIT extends RoundTripContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers());

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
