package com.foobar.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.ReplicationContract.Entries;
import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlSessionIT extends SessionContract {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers(2));

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

	@Override
	String[] errantTransaction() {
		return new String[] { "SET GLOBAL super_read_only=OFF", "CREATE TABLE IF NOT EXISTS foobar.errant (id INT)",
				"SET GLOBAL super_read_only=ON" };
	}

	/**
	 * Simulates many failovers; the source that still grows sorts last.
	 */
	@Test
	@Order(3)
	void readsStayMonotonicWithTransactionsOfManySources() {
		List<String> formerPrimaries = new ArrayList<>();
		for (int server = 10; server < 50; server++) {
			formerPrimaries.addAll(List.of("SET GTID_NEXT='00000000-0000-0000-0000-0000000000" + server + ":1'",
					"BEGIN", "COMMIT", "SET GTID_NEXT=AUTOMATIC"));
		}
		servers.get().onPrimary(formerPrimaries.toArray(String[]::new));
		Entries entries = start(replicaUrls(), "read-replica-routing.consistency=session",
				"read-replica-routing.monitor.interval=100ms");
		servers.get().replicas().get(1).delay(Duration.ofMinutes(10));
		try {
			Causality causality = context().getBean(Causality.class);
			for (int round = 0; round < 5; round++) {
				int before = entries.count();
				servers.get().onPrimary("INSERT INTO foobar.entry (server) VALUES (1)");
				servers.get().awaitCaughtUp(servers.get().replicaUrl(), servers.get().primaryUrl());
				await(() -> entries.count() > before);
				String token = causality.current().toString();
				for (int read = 0; read < 10; read++) {
					assertThat(entries.count()).as("read " + read + " after the row was seen").isGreaterThan(before);
					try (Causality.Scope request = causality.open(CausalityToken.parse(token))) {
						assertThat(entries.count()).as("with the token " + request.token()).isGreaterThan(before);
					}
				}
			}
		}
		finally {
			servers.get().replicas().get(1).delay(Duration.ZERO);
		}
	}

}
