package com.foobar.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.RecoverableDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Failures and role changes of real servers.
 */
abstract class FailoverContract extends ReplicationContract {

	private static final String ROLES_MAY_CHANGE = "read-replica-routing.primary-discovery=read-only-flag";

	/**
	 * Measured from the moment at which the last server has confirmed its role, without
	 * writes that could detect the change earlier. Time in which the machine ran no
	 * thread is subtracted, and the best of three rounds counts, because the machine's
	 * load is not the library's.
	 */
	@Test
	void newWritesUseTheNewPrimaryWithinASecondOfTheRoleChange() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Duration promise = Duration.ofSeconds(1);
		Entries entries = start(ROLES_MAY_CHANGE);
		Duration best = TIMEOUT;
		for (int round = 0; round < 3 && best.compareTo(promise) > 0; round++) {
			assertThat(entries.add()).isEqualTo(FIRST);
			List<Long> connections = servers().connections(first);
			assertThat(connections).isNotEmpty();
			try {
				Duration noticed = switchOver(first, second);
				best = (noticed.compareTo(best) < 0) ? noticed : best;
				assertThat(entries.add()).isEqualTo(SECOND);
				Awaitility.await()
					.atMost(TIMEOUT)
					.untilAsserted(() -> assertThat(servers().connections(first)).as("the old pool is evicted")
						.doesNotContainAnyElementsOf(connections));
				servers().follow(first, second);
				servers().awaitCaughtUp(first, second);
			}
			finally {
				restore(first, second);
			}
			await(() -> topology().snapshot().canWrite() && primary().name().equals(name(first)));
		}
		assertThat(best).isLessThanOrEqualTo(promise);
	}

	private Duration switchOver(String from, String to) {
		servers().makeReadOnly(from);
		servers().awaitCaughtUp(to, from);
		servers().promote(to);
		try (Stopwatch sinceRoleChange = new Stopwatch()) {
			await(() -> topology().snapshot().canWrite() && primary().name().equals(name(to)));
			return sinceRoleChange.elapsed();
		}
	}

	@Test
	void writeWithoutPrimaryWaitsForTheTimeoutAndReportsTheReason() {
		String first = servers().primaryUrl();
		Entries entries = start(ROLES_MAY_CHANGE, "read-replica-routing.primary-wait=700ms");
		servers().makeReadOnly(first);
		try {
			await(() -> !topology().snapshot().canWrite());
			try (Stopwatch waiting = new Stopwatch()) {
				assertThatThrownBy(entries::add).hasStackTraceContaining("needs a primary, and there is none")
					.hasStackTraceContaining(name(first));
				assertThat(waiting.total()).isGreaterThanOrEqualTo(Duration.ofMillis(700));
			}
		}
		finally {
			servers().promote(first);
		}
		await(() -> topology().snapshot().canWrite());
		assertThat(entries.add()).isEqualTo(FIRST);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1290, 1792, 1836 })
	void connectionWhoseWriteWasRejectedIsEvictedImmediately(int code) {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"spring.datasource.hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenWriting();
		assertThat(entries.connectionWhenWriting()).isEqualTo(connection);
		assertThatThrownBy(() -> entries.refuse(code)).hasStackTraceContaining("read-only");
		assertThat(entries.connectionWhenWriting()).isNotEqualTo(connection);
	}

	@Test
	void unstartedWritesWaitForTheNewPrimaryAndTheFormerOneBecomesAReplica() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Entries entries = start(ROLES_MAY_CHANGE, "read-replica-routing.primary-wait=30s");
		assertThat(entries.serverWhenWriting()).isEqualTo(FIRST);
		servers().makeReadOnly(first);
		try {
			await(() -> !topology().snapshot().canWrite());
			assertThat(cause()).isEqualTo(Cause.NO_PRIMARY);
			assertThat(entries.serverWhenReading()).as("reads go on").isEqualTo(SECOND);
			CompletableFuture<Integer> write = CompletableFuture.supplyAsync(entries::add);
			servers().promote(second);
			assertThat(write.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join()).isEqualTo(SECOND);
			assertThat(primary()).isEqualTo(new DatabaseNode(name(second), Role.PRIMARY));
			servers().follow(first, second);
			await(() -> topology().snapshot().hasEligibleReplica());
			assertThat(entries.serverWhenWriting()).isEqualTo(SECOND);
			for (int round = 0; round < 20; round++) {
				int count = entries.count();
				entries.add();
				assertThat(entries.count()).as("own writes are found").isGreaterThan(count);
			}
			await(() -> entries.serverWhenReading() == FIRST);
		}
		finally {
			restore(first, second);
		}
		await(() -> topology().snapshot().canWrite() && primary().name().equals(name(first)));
		assertThat(entries.add()).isEqualTo(FIRST);
	}

	@Test
	void deadPrimaryIsReplacedAndRejectedWhenItReturnsWritable() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Entries entries = start(ROLES_MAY_CHANGE);
		entries.add();
		servers().awaitCaughtUp();
		servers().stopPrimary();
		try {
			await(() -> !topology().snapshot().canWrite());
			assertThatThrownBy(entries::add).hasStackTraceContaining("needs the primary");
			servers().promote(second);
			await(() -> topology().snapshot().canWrite());
			assertThat(entries.add()).isEqualTo(SECOND);
			assertThat(entries.serverWhenReading()).as("the only server left").isEqualTo(SECOND);
			servers().startPrimary();
			await(() -> cause() == Cause.SPLIT_BRAIN);
			assertThatThrownBy(entries::add).hasStackTraceContaining("all accept writes")
				.hasStackTraceContaining("Make all but one of them read-only");
			var health = Objects
				.requireNonNull(context().getBean("dbHealthContributor", HealthIndicator.class).health());
			assertThat(health.getDetails()).containsEntry("writes", false);
			assertThat(health.getDetails().get("reason")).asString().contains(name(first)).contains(name(second));
			servers().makeReadOnly(first);
			await(() -> topology().snapshot().canWrite());
			assertThat(entries.add()).isEqualTo(SECOND);
			servers().follow(first, second);
			await(() -> topology().snapshot().hasEligibleReplica());
			await(() -> entries.serverWhenReading() == FIRST);
		}
		finally {
			restore(first, second);
		}
	}

	@Test
	void firstErrorOnADemotedPrimaryEvictsTheConnectionAndTriggersAProbe() {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"spring.datasource.hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenWriting();
		assertThat(entries.connectionWhenWriting()).isEqualTo(connection);
		servers().makeReadOnly(servers().primaryUrl());
		try {
			assertThatThrownBy(entries::add).hasStackTraceContaining("read-only");
			await(() -> !topology().snapshot().canWrite());
			assertThat(cause()).isEqualTo(Cause.READ_ONLY);
			assertThat(entries.connectionWhenWriting()).isNotEqualTo(connection);
		}
		finally {
			servers().promote(servers().primaryUrl());
		}
		assertThat(entries.add()).isEqualTo(FIRST);
	}

	@Test
	void readsUseAnotherServerAfterOneBrokenConnection() {
		Entries entries = start("read-replica-routing.monitor.interval=1h");
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		servers().stopReplica();
		try {
			try {
				// The pool may detect the failure first, and then no read fails.
				assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
			}
			catch (RecoverableDataAccessException ex) {
				assertThat(ex).rootCause().isNotNull();
			}
			await(() -> !topology().snapshot().hasEligibleReplica());
			for (int read = 0; read < 20; read++) {
				assertThat(entries.serverWhenReading()).isEqualTo(FIRST);
			}
		}
		finally {
			servers().startReplica();
		}
	}

	@Test
	void killedConnectionDoesNotExcludeItsServer() throws SQLException {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"read-replica-routing.replicas[0].hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenReading();
		servers().execute(servers().replicaUrl(), "KILL " + connection);
		assertThatThrownBy(entries::serverWhenReading).isInstanceOf(RecoverableDataAccessException.class);
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(TIMEOUT)
			.until(() -> topology().snapshot().hasEligibleReplica());
		assertThat(entries.connectionWhenReading()).isNotEqualTo(connection);
	}

	@Test
	void writeInReadOnlyTransactionNamesTheMethodThatOpenedIt() {
		Entries entries = start();
		assertThatThrownBy(entries::writeInReadOnlyTransaction)
			.satisfies((failure) -> assertThat(failure).rootCause().isNotInstanceOf(ReadOnlyTransactionException.class))
			.hasStackTraceContaining("ReadOnlyTransactionException")
			.hasStackTraceContaining(
					"ran in the read-only transaction of " + Entries.class.getName() + ".writeInReadOnlyTransaction")
			.hasStackTraceContaining("Take readOnly = true away");
		assertThat(topology().snapshot().hasEligibleReplica()).isTrue();
	}

	/** Restores the initial roles of the servers, whatever they are now. */
	private void restore(String first, String second) {
		servers().makeReadOnly(second);
		servers().promote(first);
		servers().follow(second, first);
		// On MariaDB, the wait counts replicated transactions only, not a former
		// primary's own.
		servers().execute(first, "INSERT INTO foobar.entry (server) VALUES (0)");
		servers().awaitCaughtUp();
	}

	private @Nullable Cause cause() {
		return (topology().snapshot().primary().status() instanceof Ineligible ineligible) ? ineligible.cause() : null;
	}

	private DatabaseNode primary() {
		return topology().snapshot().primary().node();
	}

}
