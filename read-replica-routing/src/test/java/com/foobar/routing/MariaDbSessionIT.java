package com.foobar.routing;

import java.time.Duration;

import com.foobar.routing.ReplicationContract.Entries;
import com.foobar.routing.servers.MariaDbServers;
import com.foobar.routing.servers.ReplicatedServers;
import com.foobar.routing.servers.ServersExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session contract on MariaDB.
 */
class MariaDbSessionIT extends SessionContract {

	@RegisterExtension
	static final ServersExtension<MariaDbServers> servers = new ServersExtension<>(() -> new MariaDbServers(2));

	@Override
	ReplicatedServers servers() {
		return servers.get();
	}

	@Override
	String[] errantTransaction() {
		return new String[] { "SET SESSION gtid_domain_id=7", "CREATE TABLE IF NOT EXISTS foobar.errant (id INT)" };
	}

	/**
	 * The server reports the sequence number of a commit only if it differs from the
	 * session's last one, even in another domain.
	 */
	@Test
	@Order(3)
	void ownRowsAreReadWhenASessionChangesItsDomain() {
		servers.get().onPrimary("GRANT SUPER, BINLOG REPLAY ON *.* TO " + account());
		Entries entries = start(replicaUrls(), "read-replica-routing.monitor.interval=1h",
				"read-replica-routing.wait-timeout=10s", "spring.datasource.hikari.maximum-pool-size=1");
		JdbcTemplate jdbc = context().getBean(JdbcTemplate.class);
		TransactionTemplate writing = new TransactionTemplate(context().getBean(PlatformTransactionManager.class));
		entries.add();
		servers.get().replicas().forEach((replica) -> replica.delay(Duration.ofSeconds(1)));
		try {
			for (int round = 0; round < 5; round++) {
				int number = 1_000_000 + round;
				int before = entries.count();
				writing.executeWithoutResult((status) -> insert(jdbc, 0, number));
				writing.executeWithoutResult((status) -> insert(jdbc, 1, number));
				assertThat(entries.count()).as("rows of two transactions").isEqualTo(before + 2);
				insert(jdbc, 2, number);
				assertThat(entries.count()).as("a row written outside a transaction").isEqualTo(before + 3);
			}
		}
		finally {
			servers.get().replicas().forEach((replica) -> replica.delay(Duration.ZERO));
		}
	}

	private static void insert(JdbcTemplate jdbc, int domain, int number) {
		jdbc.execute("SET SESSION gtid_domain_id=" + domain);
		jdbc.execute("SET SESSION gtid_seq_no=" + number);
		jdbc.update("INSERT INTO entry (server) VALUES (1)");
	}

	private static String account() {
		return "'" + servers.get().username() + "'@'%'";
	}

}
