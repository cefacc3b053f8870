package com.foobar.routing;

import java.time.Duration;

import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The failover contract on MariaDB, through Connector/J with a MySQL URL.
 */
class MariaDbFailoverIT extends FailoverContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers());

	@Test
	void groupReplicationIsRejectedAtTheStart() {
		assertThatThrownBy(() -> run("read-replica-routing.primary-discovery=group-replication"))
			.hasStackTraceContaining("read-replica-routing.primary-discovery is group-replication, but ")
			.hasStackTraceContaining("is a MariaDB server, which has no Group Replication");
	}

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

	/** It reports no received GTID, which must not count as having received all. */
	@Test
	void lagOfAReplicaWithoutGtidReplicationIsMeasured() {
		Entries entries = start("read-replica-routing.max-lag=1h");
		servers.get()
			.execute(servers.get().replicaUrl(), "STOP SLAVE", "CHANGE MASTER TO MASTER_USE_GTID=no, MASTER_DELAY=20",
					"START SLAVE");
		try {
			entries.add();
			await(() -> lag().compareTo(Duration.ofSeconds(2)) > 0);
			assertThat(lag()).isLessThan(Duration.ofMinutes(5));
			servers.get()
				.execute(servers.get().replicaUrl(), "STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY=0", "START SLAVE");
			await(() -> lag().isZero());
		}
		finally {
			servers.get()
				.execute(servers.get().replicaUrl(), "STOP SLAVE",
						"CHANGE MASTER TO MASTER_USE_GTID=slave_pos, MASTER_DELAY=0", "START SLAVE");
		}
		await(() -> lag().isZero());
	}

}
