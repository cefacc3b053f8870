package com.foobar.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.servers.ReplicatedServers;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The guarantees of the library, tested on real servers through an ordinary application.
 */
abstract class RoutingContract {

	private static final int PRIMARY = 1;

	private static final int REPLICA = 2;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private @Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	@AfterEach
	void stopAndCheckThatNothingLeaked() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void readOnlyTransactionRunsOnReplicaAndEverythingElseOnPrimary() {
		Notes notes = start().getBean(Notes.class);
		assertThat(notes.serverWhenReading()).isEqualTo(REPLICA);
		assertThat(notes.serverWhenWriting()).isEqualTo(PRIMARY);
		assertThat(notes.serverOutsideTransaction()).isEqualTo(PRIMARY);
		assertThat(decisions()).extracting(RoutingDecision::reason)
			.containsExactly(Reason.READ_ONLY, Reason.READ_WRITE, Reason.AUTO_COMMIT);
	}

	@Test
	void entityWrittenOnPrimaryIsReadFromReplica() {
		Notes notes = start().getBean(Notes.class);
		long id = notes.add("hello");
		servers().awaitCaughtUp();
		decisions().clear();
		assertThat(notes.text(id)).isEqualTo("hello");
		assertThat(decisions()).extracting((decision) -> decision.node().role())
			.containsExactly(DatabaseNode.Role.REPLICA);
	}

	@Test
	void transactionWithoutStatementOpensNothing() {
		ConfigurableApplicationContext context = start();
		context.getBean(Notes.class).nothing();
		assertThat(decisions()).isEmpty();
		assertThat(context.getBean("dataSource", HikariDataSource.class)).isNotNull();
	}

	@Test
	void writeInReadOnlyTransactionIsRefused() {
		Notes notes = start().getBean(Notes.class);
		assertThatThrownBy(notes::writeInReadOnlyTransaction).isInstanceOf(DataAccessException.class);
	}

	@Test
	void readThenWriteOnOneConnectionMovesFromReplicaToPrimary() throws SQLException {
		DataSource dataSource = start().getBean(DataSource.class);
		try (Connection connection = dataSource.getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			assertThat(serverId(connection)).isEqualTo(REPLICA);
			connection.commit();
			connection.setReadOnly(false);
			assertThat(serverId(connection)).isEqualTo(PRIMARY);
			connection.rollback();
			connection.setReadOnly(true);
			assertThat(serverId(connection)).as("no way back").isEqualTo(PRIMARY);
			connection.rollback();
		}
	}

	@Test
	void metaDataDoesNotBindAReadOnlyTransactionToThePrimary() throws SQLException {
		DataSource dataSource = start().getBean(DataSource.class);
		try (Connection connection = dataSource.getConnection()) {
			assertThat(connection.getMetaData().getURL()).startsWith("jdbc:mysql:");
			assertThat(connection.getMetaData().getUserName()).startsWith(servers().username());
			assertThat(connection.isValid(1)).isTrue();
			assertThat(connection.isWrapperFor(com.mysql.cj.MysqlConnection.class)).isTrue();
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
			assertThat(decisions()).isEmpty();
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			assertThat(serverId(connection)).isEqualTo(REPLICA);
			connection.rollback();
		}
	}

	@Test
	void readsFallBackToPrimaryWhileReplicationIsStopped() {
		Notes notes = start().getBean(Notes.class);
		assertThat(notes.serverWhenReading()).isEqualTo(REPLICA);
		servers().stopReplication();
		try {
			await(() -> notes.serverWhenReading() == PRIMARY);
			assertThat(topology().snapshot().replicas().get(0).status().toString()).contains("replication stopped");
		}
		finally {
			servers().startReplication();
		}
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void readsFallBackToPrimaryWhileReplicaLags() {
		Notes notes = start("read-replica-routing.max-lag=2s").getBean(Notes.class);
		servers().delayReplication(Duration.ofHours(1));
		try {
			notes.add("not there yet");
			await(() -> notes.serverWhenReading() == PRIMARY);
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void readsContinueWhileReplicaIsDown() {
		Notes notes = start().getBean(Notes.class);
		assertThat(notes.serverWhenReading()).isEqualTo(REPLICA);
		servers().stopReplica();
		try {
			// The read whose connection breaks fails; later reads must not.
			Awaitility.await()
				.atMost(TIMEOUT)
				.ignoreException(RecoverableDataAccessException.class)
				.until(() -> notes.serverWhenReading() == PRIMARY);
			for (int read = 0; read < 20; read++) {
				assertThat(notes.serverWhenReading()).isEqualTo(PRIMARY);
			}
		}
		finally {
			servers().startReplica();
		}
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void oneBrokenConnectionEvictsAll() throws SQLException {
		Notes notes = start().getBean(Notes.class);
		DataSource dataSource = Objects.requireNonNull(this.context).getBean(DataSource.class);
		for (int round = 0; round < 5; round++) {
			List<Connection> used = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				Connection connection = dataSource.getConnection();
				connection.setReadOnly(true);
				assertThat(serverId(connection)).isEqualTo(REPLICA);
				used.add(connection);
			}
			for (Connection connection : used) {
				connection.close();
			}
			servers().breakConnections(servers().replicaUrl());
			int failures = 0;
			for (int read = 0; read < 8; read++) {
				try {
					assertThat(notes.serverWhenReading()).isIn(PRIMARY, REPLICA);
				}
				catch (RecoverableDataAccessException ex) {
					failures++;
				}
			}
			assertThat(failures).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void readsContinueWhileReplicaHangs() {
		Notes notes = start().getBean(Notes.class);
		assertThat(notes.serverWhenReading()).isEqualTo(REPLICA);
		servers().pauseReplica();
		try {
			await(() -> !topology().snapshot().hasEligibleReplica());
			assertThat(notes.serverWhenReading()).isEqualTo(PRIMARY);
		}
		finally {
			servers().resumeReplica();
		}
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void applicationStartsWithoutReplica() {
		servers().stopReplica();
		try {
			Notes notes = run().getBean(Notes.class);
			assertThat(notes.serverWhenReading()).isEqualTo(PRIMARY);
			assertThat(decisions()).extracting(RoutingDecision::reason).containsExactly(Reason.NO_ELIGIBLE_REPLICA);
		}
		finally {
			servers().startReplica();
		}
		Notes notes = Objects.requireNonNull(this.context).getBean(Notes.class);
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void readsFailWhenNoReplicaIsEligibleAndThePrimaryMustNotServeThem() {
		Notes notes = start("read-replica-routing.fallback=fail").getBean(Notes.class);
		servers().stopReplication();
		try {
			await(() -> !topology().snapshot().hasEligibleReplica());
			assertThatThrownBy(notes::serverWhenReading).hasStackTraceContaining("found no eligible replica")
				.hasStackTraceContaining("replication stopped")
				.hasStackTraceContaining("read-replica-routing.fallback=primary");
			assertThat(notes.serverWhenWriting()).isEqualTo(PRIMARY);
		}
		finally {
			servers().startReplication();
		}
		await(() -> topology().snapshot().hasEligibleReplica());
	}

	@Test
	void readsContinueAndWritesFailImmediatelyWhilePrimaryIsDown() {
		Notes notes = start().getBean(Notes.class);
		long id = notes.add("still there");
		servers().awaitCaughtUp();
		servers().stopPrimary();
		try {
			await(() -> !topology().snapshot().canWrite());
			assertThat(topology().snapshot().canRead()).isTrue();
			long begin = System.nanoTime();
			assertThatThrownBy(() -> notes.add("lost")).hasStackTraceContaining("needs the primary");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
			for (int i = 0; i < 20; i++) {
				assertThat(notes.text(id)).isEqualTo("still there");
				assertThat(notes.serverWhenReading()).isEqualTo(REPLICA);
			}
		}
		finally {
			servers().startPrimary();
		}
		await(() -> topology().snapshot().canWrite());
		assertThat(notes.add("back")).isPositive();
		await(() -> notes.serverWhenReading() == REPLICA);
	}

	@Test
	void readCostsItsQueryAndCommitAndWriteItsInsertAndCommit() {
		ConfigurableApplicationContext context = start("read-replica-routing.monitor.interval=1h",
				"spring.datasource.hikari.maximum-pool-size=1");
		Notes notes = context.getBean(Notes.class);
		long id = notes.add("first");
		servers().awaitCaughtUp();
		notes.text(id);
		int rounds = 10;
		assertThat(statements(() -> {
			for (int i = 0; i < rounds; i++) {
				notes.text(id);
			}
		})).as("read-only transactions").isEqualTo(Map.of("replica Com_select", 10L, "replica Com_commit", 10L));
		assertThat(statements(() -> {
			for (int i = 0; i < rounds; i++) {
				notes.add("more");
			}
		}).entrySet().stream().filter((entry) -> entry.getKey().startsWith("primary")).toList())
			.as("writing transactions")
			.containsExactlyInAnyOrder(Map.entry("primary Com_insert", 10L), Map.entry("primary Com_commit", 10L));
		notes.serverOutsideTransaction();
		assertThat(statements(() -> {
			for (int i = 0; i < rounds; i++) {
				notes.serverOutsideTransaction();
			}
		})).as("statements outside transactions").isEqualTo(Map.of("primary Com_select", 10L));
	}

	private Map<String, Long> statements(Runnable work) {
		Map<String, Long> before = counts();
		work.run();
		servers().awaitCaughtUp();
		Map<String, Long> difference = new HashMap<>();
		counts().forEach((name, value) -> {
			// Reading the counters and waiting for the replica add statements.
			long change = value - before.getOrDefault(name, 0L);
			if (change != 0) {
				difference.put(name, change);
			}
		});
		overhead().forEach((name, value) -> difference.merge(name, -value, Long::sum));
		difference.values().removeIf((value) -> value == 0);
		return difference;
	}

	/** The statements that the measurement itself adds. */
	private Map<String, Long> overhead() {
		Map<String, Long> before = counts();
		servers().awaitCaughtUp();
		Map<String, Long> difference = new HashMap<>();
		counts().forEach((name, value) -> difference.put(name, value - before.getOrDefault(name, 0L)));
		return difference;
	}

	private Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		servers().statementCounts(servers().primaryUrl())
			.forEach((name, value) -> counts.put("primary " + name, value));
		servers().statementCounts(servers().replicaUrl())
			.forEach((name, value) -> counts.put("replica " + name, value));
		return counts;
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(100)).until(condition::getAsBoolean);
	}

	/**
	 * Starts the application and waits for the replica, which an earlier test may have
	 * stopped.
	 */
	private ConfigurableApplicationContext start(String... properties) {
		servers().onPrimary(
				"CREATE TABLE IF NOT EXISTS foobar.note (id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100))");
		servers().awaitCaughtUp();
		ConfigurableApplicationContext context = run(properties);
		await(() -> topology().snapshot().hasEligibleReplica());
		return context;
	}

	private ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + servers().primaryUrl(),
				"spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.datasource.hikari.maximum-pool-size=4",
				"read-replica-routing.replicas[0].url=" + servers().replicaUrl(),
				"read-replica-routing.monitor.username=" + servers().monitorUsername(),
				"read-replica-routing.monitor.password=" + servers().monitorPassword(),
				"read-replica-routing.monitor.interval=200ms", "spring.jpa.open-in-view=false",
				// Connector/J cannot read MariaDB's keywords, which Hibernate requests.
				"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false", "spring.main.banner-mode=off",
				"logging.level.com.zaxxer.hikari=error"));
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
		decisions().clear();
		return this.context;
	}

	private Queue<RoutingDecision> decisions() {
		return Objects.requireNonNull(this.context).getBean(Decisions.class).decisions;
	}

	private Topology topology() {
		return Objects.requireNonNull(this.context).getBean(Topology.class);
	}

	private static int serverId(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				var row = statement.executeQuery("SELECT @@server_id")) {
			row.next();
			return row.getInt(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Notes notes(JdbcTemplate jdbc) {
			return new Notes(jdbc);
		}

		@Bean
		Decisions decisions() {
			return new Decisions();
		}

	}

	static class Decisions implements RoutingListener {

		private final Queue<RoutingDecision> decisions = new ConcurrentLinkedQueue<>();

		@Override
		public void onRouted(RoutingDecision decision) {
			this.decisions.add(decision);
		}

		Queue<RoutingDecision> decisions() {
			return this.decisions;
		}

	}

	@Entity(name = "note")
	static class Note {

		@Id
		@GeneratedValue(strategy = GenerationType.IDENTITY)
		@Nullable Long id;

		@Nullable String text;

	}

	static class Notes {

		private final JdbcTemplate jdbc;

		@PersistenceContext
		@SuppressWarnings("NullAway.Init")
		private EntityManager entities;

		Notes(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional(readOnly = true)
		public int serverWhenReading() {
			return serverOutsideTransaction();
		}

		@Transactional
		public int serverWhenWriting() {
			return serverOutsideTransaction();
		}

		public int serverOutsideTransaction() {
			return Objects.requireNonNull(this.jdbc.queryForObject("SELECT @@server_id", Integer.class));
		}

		@Transactional
		public long add(String text) {
			Note note = new Note();
			note.text = text;
			this.entities.persist(note);
			return Objects.requireNonNull(note.id);
		}

		@Transactional(readOnly = true)
		public @Nullable String text(long id) {
			return this.entities.find(Note.class, id).text;
		}

		@Transactional(readOnly = true)
		public void nothing() {
		}

		@Transactional(readOnly = true)
		public void writeInReadOnlyTransaction() {
			this.jdbc.update("INSERT INTO note (text) VALUES ('forbidden')");
		}

	}

}
