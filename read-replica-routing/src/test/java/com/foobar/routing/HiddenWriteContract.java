package com.foobar.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.foobar.routing.readonly.ReadOnlyNames;
import com.foobar.routing.servers.ReplicatedServers;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Statements that write without starting with INSERT, UPDATE or DELETE are rejected in a
 * read-only transaction on every server, and reads are accepted on every server. Several
 * statements of one transaction are separated by a bar.
 */
abstract class HiddenWriteContract {

	/** Rejected by Spring Boot without the library too, and by a read-only server. */
	private static final List<String> REFUSED = List.of("SELECT f()", "SELECT foobar.f()", "SELECT `f`()",
			"SELECT f(/* nothing */)", "SELECT id FROM item WHERE f() = 1", "SELECT f() INTO @x", "SELECT @x := f()",
			"WITH c AS (SELECT f() AS x) SELECT * FROM c", "/*!50000 SELECT f() */", "EXPLAIN SELECT f()", "DO f()",
			"SET @x = f()", "CALL p()", "{call p()}", "CALL commits_itself()", "CALL fills_temporary_table()",
			"SELECT 1; INSERT INTO item (id) VALUES (77)", "SELECT 1; COMMIT; INSERT INTO item (id) VALUES (77)",
			"PREPARE q FROM 'INSERT INTO item (id) VALUES (77)'|EXECUTE q", "LOCK TABLES item WRITE",
			"SELECT id FROM item FOR UPDATE", "SELECT id FROM item WHERE id IN (SELECT id FROM item FOR UPDATE)");

	/** Not rejected by Spring Boot without the library. */
	private static final List<String> REFUSED_BY_US = List.of("SELECT GET_LOCK('a', 0)", "DO RELEASE_LOCK('a')",
			"SELECT IS_FREE_LOCK('a')", "LOCK TABLES item READ", "ANALYZE TABLE item",
			"SELECT id INTO OUTFILE '/tmp/never' FROM item", "SET SESSION TRANSACTION READ WRITE",
			"START TRANSACTION READ WRITE|DO f()", "SET @@session.transaction_read_only = 0|COMMIT|DO f()",
			"SELECT 1; START TRANSACTION READ WRITE; INSERT INTO item (id) VALUES (77)");

	private static final List<String> RUNS = List.of("SELECT id FROM item", "SELECT COUNT(*) FROM item",
			"SELECT pure()", "SELECT id, pure() FROM item|SELECT pure()", "CALL selects()", "{call selects()}",
			"SELECT id FROM item LOCK IN SHARE MODE", "SET @x = 1|SELECT @x", "SELECT id INTO @x FROM item LIMIT 1",
			"EXPLAIN SELECT id FROM item", "SELECT 1; SELECT 2", "SHOW TABLES", "SELECT SLEEP(0)",
			"SAVEPOINT a|SELECT id FROM item|ROLLBACK TO SAVEPOINT a");

	private @Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	/** The servers use different locking clauses. */
	abstract String dialect();

	/** Statements that only this server has, and rejects. */
	abstract List<String> refusedHere();

	@BeforeEach
	void prepare() {
		String writes = "MODIFIES SQL DATA BEGIN INSERT INTO foobar.item (id) VALUES (NULL); ";
		servers().onPrimary("DROP TABLE IF EXISTS foobar.item", "DROP FUNCTION IF EXISTS foobar.f",
				"DROP FUNCTION IF EXISTS foobar.pure", "DROP PROCEDURE IF EXISTS foobar.p",
				"DROP PROCEDURE IF EXISTS foobar.selects", "DROP PROCEDURE IF EXISTS foobar.commits_itself",
				"DROP PROCEDURE IF EXISTS foobar.fills_temporary_table",
				"CREATE TABLE foobar.item (id BIGINT AUTO_INCREMENT PRIMARY KEY)",
				"INSERT INTO foobar.item (id) VALUES (1)",
				"CREATE FUNCTION foobar.f() RETURNS INT DETERMINISTIC " + writes + "RETURN 1; END",
				"CREATE FUNCTION foobar.pure() RETURNS INT DETERMINISTIC READS SQL DATA RETURN 1",
				// Connector/J accepts routines declared as reading only.
				"CREATE PROCEDURE foobar.p() " + writes.replace("MODIFIES", "READS") + "END",
				"CREATE PROCEDURE foobar.selects() READS SQL DATA SELECT id FROM foobar.item",
				"CREATE PROCEDURE foobar.commits_itself() BEGIN COMMIT; INSERT INTO foobar.item (id) VALUES (NULL); COMMIT; END",
				"CREATE PROCEDURE foobar.fills_temporary_table() BEGIN CREATE TEMPORARY TABLE x (id INT); INSERT INTO x VALUES (1); DROP TEMPORARY TABLE x; END",
				"GRANT EXECUTE, LOCK TABLES, CREATE TEMPORARY TABLES ON foobar.* TO " + servers().username() + "@'%'",
				"GRANT FILE ON *.* TO " + servers().username() + "@'%'");
		servers().awaitCaughtUp();
	}

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
		servers().startReplication();
	}

	@ParameterizedTest
	@CsvSource({ "PRIMARY, REPEATABLE_READ", "PRIMARY, READ_COMMITTED", "REPLICA, REPEATABLE_READ",
			"REPLICA, READ_COMMITTED" })
	void writesAreRejectedOnEveryServer(DatabaseNode.Role role, String isolation) {
		Work work = start(role, isolation);
		List<String> refused = new ArrayList<>(REFUSED);
		refused.addAll(REFUSED_BY_US);
		refused.addAll(refusedHere());
		long before = rows();
		SoftAssertions softly = new SoftAssertions();
		for (String statements : refused) {
			expectRefusal(softly, statements, () -> work.run(statements));
			expectRefusal(softly, "after a query: " + statements, () -> work.run("SELECT id FROM item|" + statements));
		}
		softly.assertAll();
		assertThat(rows()).isEqualTo(before);
		assertThat(work.role()).as("where it ran").isEqualTo(role);
		work.write();
		assertThat(rows()).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@CsvSource({ "PRIMARY, REPEATABLE_READ", "PRIMARY, READ_COMMITTED", "REPLICA, REPEATABLE_READ" })
	void readsAreAcceptedOnEveryServer(DatabaseNode.Role role, String isolation) {
		Work work = start(role, isolation);
		SoftAssertions softly = new SoftAssertions();
		for (String statements : RUNS) {
			softly.assertThatCode(() -> work.run(statements)).as(statements).doesNotThrowAnyException();
		}
		softly.assertAll();
		assertThat(work.role()).isEqualTo(role);
	}

	@Test
	void serverPreparedWritesAreRejected() {
		Work work = start(DatabaseNode.Role.PRIMARY, "REPEATABLE_READ",
				"spring.datasource.hikari.data-source-properties.useServerPrepStmts=true");
		long before = rows();
		for (String sql : List.of("SELECT f() + ?", "SELECT id FROM item WHERE id = ? FOR UPDATE")) {
			SoftAssertions softly = new SoftAssertions();
			expectRefusal(softly, sql, () -> work.prepared(sql));
			softly.assertAll();
		}
		work.prepared("SELECT id FROM item WHERE id = ?");
		assertThat(rows()).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "PRIMARY", "REPLICA" })
	void pessimisticLocksAreRejectedOnEveryServer(DatabaseNode.Role role) {
		Work work = start(role, "REPEATABLE_READ");
		SoftAssertions softly = new SoftAssertions();
		expectRefusal(softly, "PESSIMISTIC_WRITE", () -> work.find(LockModeType.PESSIMISTIC_WRITE));
		softly.assertAll();
		work.find(LockModeType.NONE);
		work.find(LockModeType.PESSIMISTIC_READ);
	}

	@ParameterizedTest
	@CsvSource({ "REPEATABLE_READ, 10", "READ_COMMITTED, 0" })
	void plainQueriesOnThePrimaryAddNoStatement(String isolation, long commits) throws SQLException {
		Work work = start(DatabaseNode.Role.PRIMARY, isolation);
		Map<String, Long> expected = new TreeMap<>(Map.of("select", 10L, "commit", commits));
		expected.values().removeIf((count) -> count == 0);
		assertThat(cost(() -> work.prepared("SELECT COUNT(*) FROM item WHERE id = ?"))).isEqualTo(expected);
		assertThat(cost(() -> work.find(LockModeType.NONE))).as("of Hibernate").isEqualTo(expected);
	}

	@Test
	void statementThatMayWriteAddsOneStatementPerConnection() throws SQLException {
		Work work = start(DatabaseNode.Role.PRIMARY, "REPEATABLE_READ");
		assertThat(cost(() -> work.prepared("SELECT pure() + ?"))).isEqualTo(Map.of("select", 10L, "commit", 10L));
		work.write();
		assertThat(count(() -> work.prepared("SELECT pure() + ?")))
			.isEqualTo(Map.of("select", 1L, "commit", 1L, "set_option", 1L));
		assertThat(count(work::write)).as("the next write")
			.isEqualTo(Map.of("insert", 1L, "commit", 1L, "set_option", 1L));
		assertThat(count(work::write)).as("and the one after it").isEqualTo(Map.of("insert", 1L, "commit", 1L));
	}

	/** A name unknown to a server could be that of a stored function. */
	@Test
	void builtInFunctionNamesMatchTheServers() throws SQLException {
		SoftAssertions softly = new SoftAssertions();
		try (Connection connection = servers().administer(servers().primaryUrl());
				Statement statement = connection.createStatement()) {
			for (String name : ReadOnlyNames.functions()) {
				try {
					statement.execute("SELECT " + name + "()");
				}
				catch (SQLException ex) {
					softly.assertThat(ex.getErrorCode()).as(name + ": " + ex.getMessage()).isNotIn(1305, 1630);
				}
			}
			for (String word : ReadOnlyNames.reservedWords()) {
				softly.assertThatThrownBy(
						() -> statement.execute("CREATE FUNCTION " + word + "() RETURNS INT DETERMINISTIC RETURN 1"))
					.as(word)
					.isInstanceOfSatisfying(SQLException.class,
							(failure) -> assertThat(failure.getErrorCode()).isEqualTo(1064));
			}
		}
		softly.assertAll();
	}

	private static void expectRefusal(SoftAssertions softly, String description, Runnable work) {
		softly.assertThatThrownBy(work::run).as(description).satisfies((failure) -> {
			Throwable refusal = failure;
			while (refusal != null && !(refusal instanceof ReadOnlyTransactionException)) {
				refusal = refusal.getCause();
			}
			assertThat(refusal).isInstanceOfSatisfying(ReadOnlyTransactionException.class, (exception) -> {
				assertThat(exception.getSQLState()).isEqualTo("25006");
				assertThat(exception.getErrorCode()).isEqualTo(1792);
				assertThat(exception.getMessage()).contains(Work.class.getName() + '.');
			});
		});
	}

	private long rows() {
		try (Connection connection = servers().administer(servers().primaryUrl());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM foobar.item")) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The test could not count the rows", ex);
		}
	}

	private Map<String, Long> cost(Runnable work) throws SQLException {
		work.run();
		work.run();
		return count(() -> {
			for (int i = 0; i < 10; i++) {
				work.run();
			}
		});
	}

	private Map<String, Long> count(Runnable work) throws SQLException {
		Map<String, Long> before = counters();
		work.run();
		Map<String, Long> difference = counters();
		before.forEach((name, count) -> difference.merge(name, -count, Long::sum));
		difference.values().removeIf((count) -> count == 0);
		return difference;
	}

	/** Statements on the primary, without those of this query and the pool's pings. */
	private Map<String, Long> counters() throws SQLException {
		Map<String, Long> counters = new TreeMap<>();
		try (Connection connection = servers().administer(servers().primaryUrl());
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_select', "
						+ "'Com_insert', 'Com_commit', 'Com_rollback', 'Com_begin', 'Com_set_option')")) {
			while (rows.next()) {
				counters.put(rows.getString(1).substring("Com_".length()), rows.getLong(2));
			}
		}
		Map<String, Long> own = this.ownCost;
		own.forEach((name, count) -> counters.merge(name, -count * this.reads, Long::sum));
		this.reads++;
		return counters;
	}

	/** The statements of a connection that reads the counters. */
	private Map<String, Long> ownCost = Map.of();

	private long reads;

	private void calibrate() throws SQLException {
		this.ownCost = Map.of();
		Map<String, Long> cost = count(() -> {
		});
		this.ownCost = cost;
		this.reads = 0;
	}

	private Work start(DatabaseNode.Role role, String isolation, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + servers().primaryUrl(),
				"spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.transaction-isolation=TRANSACTION_" + isolation,
				"spring.datasource.hikari.data-source-properties.allowMultiQueries=true",
				"read-replica-routing.replicas[0].url=" + servers().replicaUrl(),
				"read-replica-routing.monitor.username=" + servers().monitorUsername(),
				"read-replica-routing.monitor.password=" + servers().monitorPassword(),
				// The monitor must not run while counters are read; a lost replica is
				// detected once.
				"read-replica-routing.monitor.interval=1h", "read-replica-routing.monitor.rise=1",
				"read-replica-routing.monitor.fall=1", "read-replica-routing.consistency=eventual",
				"spring.jpa.open-in-view=false", "spring.jpa.database-platform=org.hibernate.dialect." + dialect(),
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false", "spring.main.banner-mode=off",
				"logging.level.root=off"));
		all.addAll(List.of(properties));
		if (role == DatabaseNode.Role.PRIMARY) {
			servers().stopReplication();
		}
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
		Topology topology = this.context.getBean(Topology.class);
		boolean replica = role == DatabaseNode.Role.REPLICA;
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> topology.snapshot().hasEligibleReplica() == replica && topology.snapshot().canWrite());
		try {
			calibrate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return this.context.getBean(Work.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Work work(JdbcTemplate jdbc) {
			return new Work(jdbc);
		}

	}

	@Entity(name = "item")
	static class Item {

		@Id
		@Nullable Long id;

	}

	static class Work {

		private final JdbcTemplate jdbc;

		@PersistenceContext
		@SuppressWarnings("NullAway.Init")
		private EntityManager entities;

		Work(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional(readOnly = true)
		public void run(String statements) {
			this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
				for (String sql : statements.split("\\|", -1)) {
					if (sql.startsWith("{")) {
						try (PreparedStatement statement = connection.prepareCall(sql)) {
							exhaust(statement, statement.execute());
						}
					}
					else {
						try (Statement statement = connection.createStatement()) {
							exhaust(statement, statement.execute(sql));
						}
					}
				}
				return true;
			});
		}

		/** A later one of several results may be an error. */
		private static void exhaust(Statement statement, boolean first) throws SQLException {
			boolean rows = first;
			while (rows || statement.getUpdateCount() >= 0) {
				rows = statement.getMoreResults();
			}
		}

		@Transactional(readOnly = true)
		public void prepared(String sql) {
			this.jdbc.queryForList(sql, Long.class, 1);
		}

		@Transactional(readOnly = true)
		public void find(LockModeType lock) {
			assertThat(this.entities.find(Item.class, 1L, lock)).isNotNull();
		}

		@Transactional(readOnly = true)
		public DatabaseNode.Role role() {
			int server = Objects.requireNonNull(this.jdbc.queryForObject("SELECT @@server_id", Integer.class));
			return (server == 1) ? DatabaseNode.Role.PRIMARY : DatabaseNode.Role.REPLICA;
		}

		@Transactional
		public void write() {
			this.jdbc.update("INSERT INTO item (id) VALUES (NULL)");
		}

	}

}
