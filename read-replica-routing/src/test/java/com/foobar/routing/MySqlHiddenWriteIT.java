package com.foobar.routing;

import java.util.List;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

/**
 * Hidden writes on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlHiddenWriteIT extends HiddenWriteContract {

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

	@Override
	String dialect() {
		return "MySQLDialect";
	}

	@Override
	List<String> refusedHere() {
		return List.of("EXPLAIN ANALYZE SELECT f()", "VALUES ROW(f())");
	}

}
