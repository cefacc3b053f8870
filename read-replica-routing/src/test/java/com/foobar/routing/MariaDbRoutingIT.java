package com.foobar.routing;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The routing contract on MariaDB, through Connector/J with a MySQL URL.
 */
class MariaDbRoutingIT extends RoutingContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers());

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
