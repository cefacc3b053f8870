package com.foobar.routing.consistency;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The consistency contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlConsistencyIT extends ConsistencyContract {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers(2));

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
