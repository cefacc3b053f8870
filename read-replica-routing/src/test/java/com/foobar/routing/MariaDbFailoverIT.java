package com.foobar.routing;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What happens when servers break, on MariaDB, which Connector/J reaches with a MySQL
 * URL.
 */
class MariaDbFailoverIT extends FailoverContract {

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

	@Test
	void groupReplicationIsRefusedAtTheStartSinceMariaDbHasNone() {
		assertThatThrownBy(() -> run("read-replica-routing.topology=group-replication"))
			.hasStackTraceContaining("read-replica-routing.topology is group-replication, but ")
			.hasStackTraceContaining("is a MariaDB server, which has no Group Replication");
	}

	@Override
	ReplicatedServers servers() {
		return servers;
	}

}
