package com.foobar.routing;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * The routing contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlRoutingIT extends RoutingContract {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers());

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
