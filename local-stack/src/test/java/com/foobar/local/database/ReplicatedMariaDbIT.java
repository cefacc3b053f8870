package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.foobar.local.process.Directories;
import com.foobar.local.process.StackException;
import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class ReplicatedMariaDbIT {

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedMariaDb database;

	@BeforeAll
	static void startDatabase() {
		database = ReplicatedMariaDb.builder().replicas(1).start();
	}

	@AfterAll
	static void closeDatabase() {
		database.close();
	}

	@BeforeEach
	void emptyTable() throws SQLException {
		database.startAll();
		sql(database.primary(), Account.MIGRATION, "CREATE OR REPLACE TABLE entry (id BIGINT PRIMARY KEY)");
		database.awaitCaughtUp();
	}

	@Test
	void replicatesCommitsOfThePrimary() throws SQLException {
		insert(1);
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(1);
		assertThat(database.replica(0).gtid()).isEqualTo(database.primary().gtid()).startsWith("0-1-");
	}

	@Test
	void rejectsWritesOnTheReplicaAndTablesOfTheApplication() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> sql(database.replica(0), Account.APP, "INSERT INTO entry VALUES (7)"))
			.withMessageContaining("read-only");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> sql(database.primary(), Account.APP, "CREATE TABLE other (id INT)"))
			.withMessageContaining("denied");
	}

	@Test
	void monitorSeesReplicationAndNoRows() throws SQLException {
		try (Connection connection = database.replica(0).connect(Account.MONITOR);
				Statement statement = connection.createStatement();
				ResultSet status = statement.executeQuery("SHOW REPLICA STATUS")) {
			assertThat(status.next()).isTrue();
			assertThat(status.getString("Slave_SQL_Running")).isEqualTo("Yes");
		}
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> sql(database.replica(0), Account.MONITOR, "SELECT * FROM entry"))
			.withMessageContaining("denied");
	}

	@Test
	void commitReturnsItsGtidWithoutAnotherStatement() throws SQLException {
		try (Connection connection = database.primary().connect(Account.APP);
				Statement statement = connection.createStatement();
				ResultSet variable = statement.executeQuery("SELECT @@session_track_system_variables")) {
			assertThat(variable.next()).isTrue();
			assertThat(variable.getString(1)).contains("last_gtid");
		}
	}

	@Test
	void replicaLagsWhileReplicationIsStopped() throws SQLException {
		database.replica(0).stopReplication();
		insert(1);
		assertThat(database.replica(0).replication().isRunning()).isFalse();
		assertThat(database.replica(0).replication().lag()).isNull();
		assertThat(count(database.replica(0))).isZero();
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> database.awaitCaughtUp(Duration.ofMillis(100)))
			.withMessageContaining("mariadb-replica-1 has not applied 0-1-");
		database.replica(0).startReplication();
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(1);
	}

	@Test
	void delayedReplicaAppliesARowLater() throws SQLException {
		database.replica(0).delay(Duration.ofSeconds(2));
		insert(1);
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> database.awaitCaughtUp(Duration.ofMillis(500)));
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(1);
		database.replica(0).delay(Duration.ZERO);
	}

	@Test
	void rejectsADelayOfFractionalSeconds() {
		assertThatIllegalArgumentException().isThrownBy(() -> database.replica(0).delay(Duration.ofMillis(1500)))
			.withMessageContaining("PT1.5S");
	}

	@Test
	void restartedReplicaCatchesUp() throws SQLException {
		database.replica(0).stop();
		insert(1);
		database.replica(0).start();
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(1);
	}

	@Test
	void replicationResumesWhenThePrimaryReturns() throws SQLException {
		database.primary().restart();
		insert(1);
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(1);
	}

	@Test
	void killedPrimaryKeepsCommitsAndReplicaServesReads() throws SQLException {
		insert(1);
		database.awaitCaughtUp();
		database.primary().kill();
		assertThat(database.primary().isRunning()).isFalse();
		assertThat(count(database.replica(0))).isEqualTo(1);
		assertThatExceptionOfType(CommunicationsException.class).isThrownBy(() -> insert(2));
		database.primary().start();
		insert(2);
		database.awaitCaughtUp();
		assertThat(count(database.primary())).isEqualTo(2);
		assertThat(count(database.replica(0))).isEqualTo(2);
	}

	@Test
	void killedReplicaCatchesUp() throws SQLException {
		insert(1);
		database.replica(0).kill();
		insert(2);
		database.replica(0).start();
		database.awaitCaughtUp();
		assertThat(count(database.replica(0))).isEqualTo(2);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void pausedNodeKeepsItsConnectionsOpenWithoutResponses() throws SQLException {
		try (Connection connection = database.replica(0).connect(Account.APP)) {
			connection.setNetworkTimeout(Runnable::run, 500);
			database.replica(0).pause();
			assertThat(database.replica(0).isRunning()).isTrue();
			// The signal is sent, but the threads of the server stop one after the other.
			await().until(() -> !connection.isValid(1));
		}
		finally {
			database.replica(0).resume();
		}
		assertThat(count(database.replica(0))).isZero();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void stopsAPausedNode() {
		database.replica(0).pause();
		database.replica(0).stop();
		assertThat(database.replica(0).isRunning()).isFalse();
	}

	@Test
	void restartKeepsDataAndSettings(@TempDir Path directory) throws SQLException {
		Credentials credentials = Credentials.random();
		ReplicatedMariaDbBuilder builder = ReplicatedMariaDb.builder().directory(directory).credentials(credentials);
		try (ReplicatedMariaDb first = builder.start()) {
			sql(first.primary(), Account.MIGRATION, "CREATE TABLE entry (id BIGINT PRIMARY KEY)");
			sql(first.primary(), Account.APP, "INSERT INTO entry VALUES (1)");
		}
		// New ports: the replica must follow the primary to its new port.
		try (ReplicatedMariaDb second = builder.start()) {
			sql(second.primary(), Account.APP, "INSERT INTO entry VALUES (2)");
			second.awaitCaughtUp();
			assertThat(count(second.replica(0))).isEqualTo(2);
		}
	}

	@Test
	void replicaIsRebuiltWhenItsDataIsRemoved(@TempDir Path directory) throws Exception {
		ReplicatedMariaDbBuilder builder = ReplicatedMariaDb.builder()
			.directory(directory)
			.credentials(Credentials.random());
		try (ReplicatedMariaDb first = builder.start()) {
			sql(first.primary(), Account.MIGRATION, "CREATE TABLE entry (id BIGINT PRIMARY KEY)");
		}
		Directories.delete(directory.resolve("mariadb-replica-1"));
		try (ReplicatedMariaDb second = builder.start()) {
			assertThat(count(second.replica(0))).isZero();
		}
	}

	@Test
	void failsToStartWhenTheDataWasCreatedWithOtherPasswords(@TempDir Path directory) {
		ReplicatedMariaDb.builder().replicas(0).directory(directory).start().close();
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> ReplicatedMariaDb.builder().replicas(0).directory(directory).start())
			.withMessageContaining("made with other passwords");
	}

	@Test
	void failsToStartWhenThePortIsInUse(@TempDir Path directory) {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> ReplicatedMariaDb.builder()
				.replicas(0)
				.directory(directory)
				.ports(List.of(database.primary().port()))
				.start())
			.withMessage("mariadb-primary cannot listen on port %d: it is in use", database.primary().port());
	}

	@Test
	void reportsTheLogWhenAServerDoesNotStart(@TempDir Path directory) throws Exception {
		ReplicatedMariaDbBuilder builder = ReplicatedMariaDb.builder()
			.replicas(0)
			.directory(directory)
			.credentials(Credentials.random());
		builder.start().close();
		Files.writeString(directory.resolve("mariadb-primary/data/ibdata1"), "overwritten");
		assertThatExceptionOfType(StackException.class).isThrownBy(builder::start)
			.withMessageContaining("mariadb-primary ended with 1 while it started")
			.withMessageContaining("ibdata1");
	}

	@Test
	void leavesNoProcessAndNoTemporaryDirectory() {
		ReplicatedMariaDb other = ReplicatedMariaDb.builder().replicas(2).start();
		List<ProcessHandle> processes = List.of(other.primary().handle().orElseThrow(),
				other.replica(0).handle().orElseThrow(), other.replica(1).handle().orElseThrow());
		Path data = other.primary().settings().directory();
		assertThat(data).isDirectory();
		other.close();
		assertThat(processes).noneMatch(ProcessHandle::isAlive);
		assertThat(data).doesNotExist();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void serversEndWithTheJvm(@TempDir Path directory) throws Exception {
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), UnclosedServer.class.getName(), directory.toString())
			.inheritIO()
			.start();
		assertThat(jvm.waitFor()).isZero();
		long pid = Long.parseLong(Files.readString(directory.resolve("server.pid")));
		await().atMost(Duration.ofSeconds(10))
			.until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	private static void insert(long id) throws SQLException {
		sql(database.primary(), Account.APP, "INSERT INTO entry VALUES (" + id + ")");
	}

	private static void sql(MariaDbNode node, Account account, String sql) throws SQLException {
		try (Connection connection = node.connect(account); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static long count(MariaDbNode node) throws SQLException {
		try (Connection connection = node.connect(Account.APP);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM entry")) {
			result.next();
			return result.getLong(1);
		}
	}

	/**
	 * Starts a server and ends without closing it.
	 */
	static final class UnclosedServer {

		private UnclosedServer() {
		}

		@SuppressWarnings("resource")
		public static void main(String[] args) throws Exception {
			Path directory = Path.of(args[0]);
			ReplicatedMariaDb forgotten = ReplicatedMariaDb.builder().replicas(0).directory(directory).start();
			Files.writeString(directory.resolve("server.pid"),
					Long.toString(forgotten.primary().handle().orElseThrow().pid()));
		}

	}

	/**
	 * Locales with a decimal comma, other digits, and an "i" whose upper case is not "I".
	 */
	@ParameterizedTest
	@ValueSource(strings = { "de-DE", "ar-EG", "tr-TR" })
	void startsUnderAnyLocale(String tag) {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag(tag));
		try (ReplicatedMariaDb other = ReplicatedMariaDb.builder().replicas(1).start()) {
			other.awaitCaughtUp();
			assertThat(other.replica(0).gtid()).isEqualTo(other.primary().gtid()).startsWith("0-1-");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void failedStatementDoesNotRevealItsPassword() {
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> database.replica(0)
				.executeSecretly("follow", "CHANGE MASTER TO MASTER_PORT=x, MASTER_PASSWORD='wonderland'"))
			.withMessage("mariadb-replica-1 on port " + database.replica(0).port()
					+ " could not follow: error 1064, SQLState 42000 (the statement holds a password and is not shown)")
			.withNoCause();
	}

	@Test
	void logsContainNoPassword() throws IOException {
		for (MariaDbNode node : List.of(database.primary(), database.replica(0))) {
			String log = Files.readString(node.settings().log());
			assertThat(log).isNotEmpty();
			for (Account account : Account.values()) {
				assertThat(log).doesNotContain(database.credentials().password(account));
			}
		}
	}

}
