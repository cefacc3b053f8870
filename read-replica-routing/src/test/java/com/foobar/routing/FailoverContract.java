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
 * What happens when servers break, or take each other's roles, tried on real ones.
 */
abstract class FailoverContract extends ReplicationContract {

	private static final String ROLES_MAY_CHANGE = "read-replica-routing.primary-discovery=read-only-flag";

	/**
	 * Measured from the moment at which the last server has answered that it has changed
	 * its flag, with nobody writing, who might notice first. Time in which this machine
	 * let nobody run does not count, and the best of three must keep the promise: what
	 * else the machine does is not the library's doing.
	 */
	@Test
	void newWorkGoesToTheNewPrimaryWithinASecondOfTheServersAgreeing() {
		String first = servers().primaryUrl();
		String second = servers().replicaUrl();
		Duration promise = Duration.ofSeconds(1);
		Entries entries = start(ROLES_MAY_CHANGE);
		Duration best = PATIENCE;
		for (int round = 0; round < 3 && best.compareTo(promise) > 0; round++) {
			assertThat(entries.add()).isEqualTo(FIRST);
			List<Long> connections = servers().connections(first);
			assertThat(connections).isNotEmpty();
			try {
				Duration noticed = switchOver(first, second);
				best = (noticed.compareTo(best) < 0) ? noticed : best;
				assertThat(entries.add()).isEqualTo(SECOND);
				Awaitility.await()
					.atMost(PATIENCE)
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
		try (Stopwatch sinceTheyAgree = new Stopwatch()) {
			await(() -> topology().snapshot().canWrite() && primary().name().equals(name(to)));
			return sinceTheyAgree.elapsed();
		}
	}

	@Test
	void writeThatFindsNoPrimaryWaitsAsLongAsItMayAndSaysWhyItFails() {
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
	void connectionOnWhichAWriteWasRefusedIsEvictedAtOnce(int code) {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"spring.datasource.hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenWriting();
		assertThat(entries.connectionWhenWriting()).isEqualTo(connection);
		assertThatThrownBy(() -> entries.refuse(code)).hasStackTraceContaining("read-only");
		assertThat(entries.connectionWhenWriting()).isNotEqualTo(connection);
	}

	@Test
	void writesThatHaveNotStartedWaitForTheNewPrimaryAndTheFormerOneBecomesAReplica() {
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
	void deadPrimaryIsReplacedAndRefusedWhenItComesBackWritable() {
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
	void connectionToADemotedPrimaryIsEvictedWithTheFirstErrorAndTheMonitorLooksAtOnce() {
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
	void afterOneBrokenReadTheNextGoElsewhere() {
		Entries entries = start("read-replica-routing.monitor.interval=1h");
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		servers().stopReplica();
		try {
			try {
				// The pool may notice first, and then no read fails at all.
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
	void connectionThatSomebodyKilledTakesNoServerOut() throws SQLException {
		Entries entries = start("read-replica-routing.monitor.interval=1h",
				"read-replica-routing.replicas[0].hikari.maximum-pool-size=1");
		long connection = entries.connectionWhenReading();
		servers().execute(servers().replicaUrl(), "KILL " + connection);
		assertThatThrownBy(entries::serverWhenReading).isInstanceOf(RecoverableDataAccessException.class);
		assertThat(entries.serverWhenReading()).isEqualTo(SECOND);
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(PATIENCE)
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

	/** Gives the servers the roles they had, whatever they have now. */
	private void restore(String first, String second) {
		servers().makeReadOnly(second);
		servers().promote(first);
		servers().follow(second, first);
		// A former primary of MariaDB waits by what it has replicated, its own do not
		// count.
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
