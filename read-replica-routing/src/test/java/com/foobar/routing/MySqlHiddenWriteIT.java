package com.foobar.routing;

import java.util.List;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * Hidden writes on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlHiddenWriteIT extends HiddenWriteContract {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers());

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

	@Override
	String dialect() {
		return "MySQLDialect";
	}

	@Override
	List<String> refusedHere() {
		return List.of("EXPLAIN ANALYZE SELECT f()", "VALUES ROW(f())");
	}

}
