package com.foobar.routing.consistency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.sql.DataSource;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Consistency;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Round trips of a transaction, by the servers' own statement counters. All are counted
 * except the pool's pings.
 */
abstract class RoundTripContract {

	private static final int ROUNDS = 10;

	/** The counters include their own query and the pool's pings. */
	private static final Set<String> NOT_OURS = Set.of("show_status", "admin_commands", "stmt_reprepare");

	private static final String READ_COMMITTED = "spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_COMMITTED";

	private static final Duration APPLIER_COUNTS = Duration.ofMillis(20);

	private final Map<String, Connection> administrators = new TreeMap<>();

	@SuppressWarnings("NullAway.Init")
	private CheckedInstance instance;

	abstract ReplicatedServers servers();

	@BeforeEach
	void prepare() throws SQLException {
		servers().onPrimary("CREATE TABLE IF NOT EXISTS foobar.register (id BIGINT PRIMARY KEY, "
				+ "number BIGINT NOT NULL, changes BIGINT NOT NULL DEFAULT 0)");
		servers().awaitCaughtUp();
		this.administrators.put("primary", servers().administer(servers().primaryUrl()));
		this.administrators.put("replica", servers().administer(servers().replicaUrl()));
	}

	@AfterEach
	void stop() throws SQLException {
		this.instance.close();
		for (Connection administrator : this.administrators.values()) {
			administrator.close();
		}
	}

	@Test
	void readOnlyTransactionCostsItsQueryAndTheCommit() {
		start();
		assertThat(cost(() -> registers().read(1))).isEqualTo(Map.of("replica select", 10L, "replica commit", 10L));
	}

	@Test
	void readOnlyTransactionAtReadCommittedCostsItsQueryAlone() {
		start(READ_COMMITTED);
		assertThat(cost(() -> registers().read(1))).isEqualTo(Map.of("replica select", 10L));
	}

	@Test
	void statementOutsideATransactionCostsItself() {
		start();
		assertThat(cost(() -> registers().raiseOutsideTransaction(1, 1))).containsEntry("primary insert", 10L)
			.doesNotContainKey("primary commit")
			.doesNotContainKey("primary set_option");
	}

	@ParameterizedTest
	@CsvSource({ "REPEATABLE_READ", "READ_COMMITTED" })
	void writeCostsItsInsertAndTheCommit(String isolation) {
		start("spring.datasource.hikari.transaction-isolation=TRANSACTION_" + isolation);
		Map<String, Long> cost = cost(() -> registers().raise(1, 1));
		cost.keySet().removeIf((name) -> name.startsWith("replica"));
		assertThat(cost).isEqualTo(Map.of("primary insert", 10L, "primary commit", 10L));
	}

	@Test
	void tokenAddsNothingWhenTheReplicaIsKnownToHaveIt() {
		start();
		CausalityToken token = tokenOfAWrite();
		servers().awaitCaughtUp();
		read(token);
		assertThat(cost(() -> read(token))).isEqualTo(Map.of("replica select", 10L, "replica commit", 10L));
	}

	@ParameterizedTest
	@CsvSource({ "REPEATABLE_READ, 10", "READ_COMMITTED, 0" })
	void waitAddsOneStatementOnTheReplicaAndNoneOnThePrimary(String isolation, long commits) {
		start("spring.datasource.hikari.transaction-isolation=TRANSACTION_" + isolation);
		read(tokenOfAWrite());
		Map<String, Long> total = new TreeMap<>();
		for (int i = 0; i < ROUNDS; i++) {
			CausalityToken token = tokenOfAWrite();
			servers().awaitCaughtUp();
			count(() -> read(token)).forEach((name, count) -> total.merge(name, count, Long::sum));
		}
		Map<String, Long> expected = new TreeMap<>(Map.of("replica select", 20L, "replica commit", commits));
		expected.values().removeIf((count) -> count == 0);
		assertThat(total).isEqualTo(expected);
	}

	@Test
	void sessionAddsOneStatement() {
		start(READ_COMMITTED, "read-replica-routing.consistency=session");
		assertThat(cost(() -> registers().read(1))).isEqualTo(Map.of("replica select", 20L));
	}

	@Test
	void lockingReadAtReadCommittedKeepsItsTransaction() {
		start(READ_COMMITTED);
		assertThat(cost(() -> inReadOnlyTransaction(
				(connection) -> query(connection, "SELECT number FROM register WHERE id = 1 LOCK IN SHARE MODE"))))
			.containsEntry("replica commit", 10L);
	}

	private CheckedApplication.Registers registers() {
		return this.instance.registers();
	}

	private CausalityToken tokenOfAWrite() {
		try (Causality.Scope scope = this.instance.causality().open()) {
			registers().raise(1, 1);
			return scope.token();
		}
	}

	private void read(CausalityToken token) {
		Causality.Scope scope = this.instance.causality().open(token);
		try {
			registers().read(1);
		}
		finally {
			scope.close();
		}
	}

	private void inReadOnlyTransaction(Work work) {
		try (Connection connection = this.instance.context().getBean(DataSource.class).getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			work.run(connection);
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void query(Connection connection, String sql) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql);
				ResultSet rows = statement.executeQuery()) {
			rows.next();
		}
	}

	/** The counts of ten rounds, after two warm-up rounds. */
	private Map<String, Long> cost(Runnable work) {
		work.run();
		work.run();
		return count(() -> {
			for (int i = 0; i < ROUNDS; i++) {
				work.run();
			}
		});
	}

	private Map<String, Long> count(Runnable work) {
		servers().awaitCaughtUp();
		Map<String, Long> before = settledCounters();
		work.run();
		Map<String, Long> difference = counters();
		before.forEach((name, count) -> difference.merge(name, -count, Long::sum));
		difference.values().removeIf((count) -> count == 0);
		return difference;
	}

	/** An applier increments its counter only after the commit is visible. */
	private Map<String, Long> settledCounters() {
		Map<String, Long> last = new TreeMap<>(counters());
		Awaitility.await().pollDelay(APPLIER_COUNTS).pollInterval(APPLIER_COUNTS).until(() -> {
			Map<String, Long> now = counters();
			boolean settled = now.equals(last);
			last.putAll(now);
			return settled;
		});
		return last;
	}

	private Map<String, Long> counters() {
		Map<String, Long> counters = new TreeMap<>();
		this.administrators.forEach((server, administrator) -> {
			try (Statement statement = administrator.createStatement();
					ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com\\_%'")) {
				while (rows.next()) {
					String name = rows.getString(1).substring("Com_".length());
					if (!NOT_OURS.contains(name)) {
						counters.put(server + " " + name, rows.getLong(2));
					}
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException("The server's counters cannot be read", ex);
			}
		});
		return counters;
	}

	private void start(String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 2, properties.length);
		all[0] = "read-replica-routing.monitor.interval=1h";
		all[1] = "spring.datasource.hikari.maximum-pool-size=1";
		this.instance = CheckedInstance.start(servers(), Consistency.READ_YOUR_WRITES, all);
	}

	private interface Work {

		void run(Connection connection) throws SQLException;

	}

}
