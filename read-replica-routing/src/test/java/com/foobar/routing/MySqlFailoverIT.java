package com.foobar.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.foobar.routing.servers.MySqlServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The failover contract on MySQL.
 */
@EnabledIfDockerAvailable
class MySqlFailoverIT extends FailoverContract {

	@RegisterExtension
	static final ServersExtension<MySqlServers> servers = new ServersExtension<>(() -> new MySqlServers());

	/** SOURCE_DELAY is in whole seconds; the duration of a lock is not. */
	@Test
	void lagBelowASecondIsMeasured() throws SQLException {
		Entries entries = start("read-replica-routing.monitor.interval=20ms");
		await(() -> lag().isZero());
		try (Connection replica = servers().administer(servers().replicaUrl());
				Statement lock = replica.createStatement()) {
			lock.execute("LOCK TABLES foobar.entry READ");
			long before = System.nanoTime();
			entries.add();
			await(() -> !lag().isZero());
			Duration seen = lag();
			Duration atMost = Duration.ofNanos(System.nanoTime() - before);
			assertThat(seen).isPositive().isLessThanOrEqualTo(atMost);
			assertThat(seen.toMillis() % 1000).as("rounded to seconds: " + seen).isNotZero();
			await(() -> lag().compareTo(Duration.ofMillis(300)) >= 0);
			assertThat(lag()).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - before));
		}
		await(() -> lag().isZero());
	}

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

}
