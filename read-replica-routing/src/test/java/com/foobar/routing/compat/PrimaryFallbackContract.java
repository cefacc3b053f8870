package com.foobar.routing.compat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.foobar.routing.PrimaryFallbackLimitException;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.connection.PrimaryFallbackLimit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Protection of the primary when no replica is eligible.
 */
abstract class PrimaryFallbackContract extends Compatibility {

	@Test
	void readsAboveTheCapFailImmediatelyAndTransientlyWhileWritesContinue() throws SQLException {
		startWithoutReplica("read-replica-routing.primary-fallback.max-concurrent=1");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		for (int i = 0; i < 3; i++) {
			try (Connection first = reading()) {
				query(first, "SELECT 1");
				assertThatExceptionOfType(TransientDataAccessResourceException.class)
					.isThrownBy(() -> transactions.reading(() -> server(jdbc)))
					.havingCause()
					.isInstanceOf(PrimaryFallbackLimitException.class)
					.withMessageContaining("as many as read-replica-routing.primary-fallback.max-concurrent allows");
				assertThat(transactions.writing(() -> insert(jdbc, "goes on"))).isEqualTo(1);
				assertThat(transactions.outside(() -> server(jdbc))).isEqualTo(PRIMARY);
			}
			assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(PRIMARY);
		}
		assertThat(bean(PrimaryFallbackLimit.class).rejected()).isEqualTo(3);
	}

	@Test
	void permitIsReleasedHoweverAReadEnds() throws Exception {
		startWithoutReplica("read-replica-routing.primary-fallback.max-concurrent=1",
				"spring.datasource.hikari.connection-timeout=500");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		DataSource dataSource = bean(DataSource.class);

		Connection closed = reading();
		query(closed, "SELECT 1");
		closed.close();
		closed.close();
		assertFree("closed, twice");

		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> transactions.reading(() -> jdbc.queryForObject("SELECT nonsense FROM", Integer.class)));
		assertFree("a statement that fails");

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> transactions.reading(() -> {
			server(jdbc);
			throw new IllegalStateException("rolled back");
		}));
		assertFree("a transaction that is rolled back");

		try (Connection slow = reading(); Statement statement = slow.createStatement()) {
			statement.setQueryTimeout(1);
			// MySQL ends the SLEEP, MariaDB the statement; both end the read.
			assertThatCode(() -> statement.executeQuery("SELECT SLEEP(20) FROM memo UNION SELECT SLEEP(20)"))
				.satisfiesAnyOf((none) -> assertThat(none).isNull(),
						(failure) -> assertThat(failure).isInstanceOf(SQLException.class));
		}
		assertFree("a time-out");

		Connection aborted = reading();
		query(aborted, "SELECT 1");
		// The pool may log that it cannot roll back an aborted connection.
		assertThatCode(() -> aborted.abort(Runnable::run)).satisfiesAnyOf((none) -> assertThat(none).isNull(),
				(failure) -> assertThat(failure).isInstanceOf(SQLException.class));
		aborted.close();
		assertFree("an abort");

		try (Connection broken = reading()) {
			query(broken, "SELECT 1");
			servers().breakConnections(servers().primaryUrl());
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> query(broken, "SELECT 2"));
		}
		// Another connection may have been closed with it.
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreException(RecoverableDataAccessException.class)
			.until(() -> transactions.reading(() -> server(jdbc)) == PRIMARY);
		assertFree("connections that broke");

		List<Connection> writing = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Connection connection = dataSource.getConnection();
			connection.setAutoCommit(false);
			query(connection, "SELECT 1");
			writing.add(connection);
		}
		try (Connection late = reading()) {
			assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(() -> query(late, "SELECT 1"))
				.isNotInstanceOf(PrimaryFallbackLimitException.class);
		}
		for (Connection connection : writing) {
			connection.rollback();
			connection.close();
		}
		assertFree("a pool without a connection to spare");
	}

	@Test
	void noMoreThanTheCapAreOnThePrimaryAtAnyTime() throws Exception {
		startWithoutReplica("read-replica-routing.primary-fallback.max-concurrent=2");
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger refused = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(12);
		try {
			List<Callable<Void>> work = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				work.add(() -> {
					try (Connection connection = reading()) {
						query(connection, "SELECT 1");
						most.accumulateAndGet(now.incrementAndGet(), Math::max);
						query(connection, "SELECT SLEEP(0.02)");
						now.decrementAndGet();
					}
					catch (PrimaryFallbackLimitException ex) {
						refused.incrementAndGet();
						TimeUnit.MILLISECONDS.sleep(5);
					}
					return null;
				});
			}
			for (Future<Void> done : executor.invokeAll(work)) {
				done.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(most.get()).isBetween(1, 2);
		assertThat(refused.get()).isBetween(1, 59);
		assertThat(bean(PrimaryFallbackLimit.class).rejected()).isEqualTo(refused.get());
		assertFree("all of them");
	}

	@Test
	void readsFailTransientlyWhenThePrimaryMustNotServeThem() {
		startWithoutReplica("read-replica-routing.fallback=fail");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThatExceptionOfType(TransientDataAccessResourceException.class)
			.isThrownBy(() -> transactions.reading(() -> server(jdbc)))
			.withStackTraceContaining("found no eligible replica")
			.withStackTraceContaining("drained");
		assertThat(transactions.writing(() -> insert(jdbc, "goes on"))).isEqualTo(1);
		bean(ReplicaControl.class).undrain(replica());
		await(() -> bean(Topology.class).snapshot().hasEligibleReplica());
		assertThat(transactions.readingAnew(() -> server(jdbc))).isEqualTo(REPLICA);
	}

	private void startWithoutReplica(String property, String... more) {
		String[] properties = new String[more.length + 2];
		properties[0] = WITHOUT_JPA;
		properties[1] = property;
		System.arraycopy(more, 0, properties, 2, more.length);
		start(Application.class, properties);
		bean(ReplicaControl.class).drain(replica());
		await(() -> !bean(Topology.class).snapshot().hasEligibleReplica());
	}

	private String replica() {
		return bean(Topology.class).snapshot().replicas().get(0).node().name();
	}

	/** Asserts that the only permit is available again. */
	private void assertFree(String after) {
		assertThat(bean(PrimaryFallbackLimit.class).current()).as("after " + after).isZero();
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThat(transactions.reading(() -> server(jdbc))).as("after " + after).isEqualTo(PRIMARY);
	}

	private Connection reading() throws SQLException {
		Connection connection = bean(DataSource.class).getConnection();
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		return connection;
	}

	private static void query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeQuery(sql);
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
