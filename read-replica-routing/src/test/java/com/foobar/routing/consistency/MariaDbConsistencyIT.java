package com.foobar.routing.consistency;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The consistency contract on MariaDB, through Connector/J with a MySQL URL.
 */
class MariaDbConsistencyIT extends ConsistencyContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers(2));

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
