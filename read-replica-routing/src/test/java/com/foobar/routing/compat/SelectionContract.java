package com.foobar.routing.compat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.servers.ReplicaServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Selection between two replicas.
 */
abstract class SelectionContract extends Compatibility {

	private static final int SECOND = 3;

	@Test
	void readsAreDistributedRoundRobin() {
		startWithTwo("read-replica-routing.selector=round-robin");
		assertThat(servers(20)).isEqualTo(Map.of(REPLICA, 10, SECOND, 10));
	}

	@Test
	void readsAreDistributedByWeight() {
		startWithTwo("read-replica-routing.selector=weighted-round-robin", "read-replica-routing.replicas[0].weight=3");
		assertThat(servers(20)).isEqualTo(Map.of(REPLICA, 15, SECOND, 5));
	}

	@Test
	void readsPreferTheReplicaWithFewerActiveConnections() throws SQLException {
		startWithTwo("read-replica-routing.selector=least-connections");
		for (int i = 0; i < 5; i++) {
			try (Connection busy = bean(DataSource.class).getConnection()) {
				busy.setReadOnly(true);
				int where = server(busy);
				assertThat(servers(10)).isEqualTo(Map.of((where == REPLICA) ? SECOND : REPLICA, 10));
			}
		}
	}

	/** For every strategy, and without a failed read. */
	@ParameterizedTest
	@ValueSource(strings = { "round-robin", "weighted-round-robin", "least-connections" })
	void stoppedReplicaGetsNoReadsAndItsShareAfterItReturns(String selector) {
		startWithTwo("read-replica-routing.selector=" + selector);
		Topology topology = bean(Topology.class);
		String name = topology.snapshot().replicas().get(1).node().name();
		bean(ReplicaControl.class).drain(name);
		assertThat(servers(20)).isEqualTo(Map.of(REPLICA, 20));
		bean(ReplicaControl.class).undrain(name);
		await(() -> topology.snapshot().replicas().get(1).isEligible());
		Map<Integer, Integer> shares = servers(200);
		assertThat(shares).containsOnlyKeys(REPLICA, SECOND);
		assertThat(shares.get(SECOND)).as(shares.toString()).isCloseTo(100, within(50));
	}

	@Test
	void readsContinueWhileOneReplicasReplicationStopsAndStarts() {
		startWithTwo("read-replica-routing.selector=round-robin");
		Topology topology = bean(Topology.class);
		ReplicaServer second = servers().replicas().get(1);
		second.stopReplication();
		try {
			await(() -> {
				servers(2);
				return !topology.snapshot().replicas().get(1).isEligible();
			});
			assertThat(servers(20)).isEqualTo(Map.of(REPLICA, 20));
		}
		finally {
			second.startReplication();
		}
		await(() -> {
			servers(2);
			return topology.snapshot().replicas().get(1).isEligible();
		});
		assertThat(servers(20)).isEqualTo(Map.of(REPLICA, 10, SECOND, 10));
	}

	private void startWithTwo(String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = WITHOUT_JPA;
		all[1] = "read-replica-routing.replicas[1].url=" + servers().replicas().get(1).url();
		System.arraycopy(properties, 0, all, 2, properties.length);
		start(Application.class, all);
		await(() -> bean(Topology.class).snapshot().replicas().stream().allMatch((replica) -> replica.isEligible()));
	}

	/** The number of reads by server. */
	private Map<Integer, Integer> servers(int reads) {
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		Map<Integer, Integer> servers = new HashMap<>();
		for (int i = 0; i < reads; i++) {
			servers.merge(transactions.reading(() -> server(jdbc)), 1, Integer::sum);
		}
		return servers;
	}

	private static int server(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@server_id")) {
			row.next();
			return row.getInt(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

}
