package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.gtid.GtidSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PassiveHealthChecksTests extends MonitorTestSupport {

	@Test
	void replicaThatRefusesItsPoolIsOutUntilThePoolCanConnect() {
		AtomicBoolean refuses = new AtomicBoolean(true);
		SQLException refusal = new SQLException("Access denied for user 'app'", "28000", 1045);
		AtomicInteger trials = new AtomicInteger();
		this.monitor.setPoolTrial((node) -> {
			trials.incrementAndGet();
			assertThat(node).isEqualTo(FIRST);
			if (refuses.get()) {
				throw refusal;
			}
		});
		this.monitor.start();
		assertThat(replica(0).isEligible()).isTrue();
		this.monitor.failures().onNotOpened(FIRST, refusal);
		assertThat(replica(0).status()).isInstanceOfSatisfying(Ineligible.class,
				(status) -> assertThat(status.cause()).isEqualTo(Cause.REFUSED));
		assertThat(replica(0).status().toString()).contains("Access denied", "SQLState 28000, error 1045", "username");
		Awaitility.await().until(() -> trials.get() > 5);
		assertThat(replica(0).isEligible()).isFalse();
		assertThat(replica(1).isEligible()).isTrue();
		refuses.set(false);
		Awaitility.await().until(() -> replica(0).isEligible());
		int enough = trials.get();
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> trials.get() == enough);
	}

	@ParameterizedTest
	@CsvSource({ "28000, 1045, true", "42000, 1044, true", "42000, 1049, true", "HY000, 1130, true",
			"HY000, 3118, true", "HY000, 1862, true", "08S01, 0, true", "08004, 1040, false", "42000, 1203, false",
			"42000, 1226, false", "HY000, 1105, false", ", 0, false" })
	void replicaIsTakenOutWhenItsPoolCannotConnect(@Nullable String state, int code, boolean out) {
		this.monitor.start();
		this.monitor.setPoolTrial((node) -> {
			throw new SQLException("still not", state, code);
		});
		this.monitor.failures().onNotOpened(FIRST, new SQLException("refused", state, code));
		assertThat(replica(0).isEligible()).isEqualTo(!out);
	}

	@Test
	void refusedPoolOfThePrimaryTakesNoServerOut() {
		this.monitor.start();
		this.monitor.failures().onNotOpened(PRIMARY, new SQLException("Access denied", "28000", 1045));
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> this.monitor.snapshot().canWrite());
	}

	@Test
	void replicaThatRefusesConnectionsIsOutAtOnceAndReturnsAfterGoodProbes() {
		TopologyMonitor notRunning = this.monitor;
		notRunning.failures().onFailure(FIRST, new SQLTransientConnectionException("refused", "08S01"));
		assertThat(replica(0).status().toString()).contains("could not be opened").contains("refused");
		notRunning.start();
		Awaitility.await().until(() -> replica(0).isEligible());
	}

	@Test
	void otherFailuresDoNotTakeTheReplicaOut() {
		this.monitor.start();
		this.monitor.failures().onFailure(FIRST, new SQLException("too many connections", "08004"));
		this.monitor.failures().onFailure(FIRST, new SQLException("pool exhausted"));
		this.monitor.failures().onFailure(PRIMARY, new SQLException("refused", "08S01"));
		assertThat(replica(0).status()).isInstanceOf(Eligible.class);
		assertThat(this.monitor.snapshot().canWrite()).isTrue();
	}

	@Test
	void brokenStatementTakesAServerOutOnlyIfAProbeConfirmsIt() {
		this.monitor.start();
		List<DatabaseNode> lost = new CopyOnWriteArrayList<>();
		this.monitor.addLossListener(lost::add);
		this.monitor.failures().onBroken(FIRST, new SQLException("killed", "08S01"));
		Awaitility.await().during(INTERVAL.multipliedBy(5)).until(() -> replica(0).isEligible());
		assertThat(lost).isEmpty();
		this.probes.put("r1", () -> new Observation.Unreachable("refused"));
		this.monitor.failures().onBroken(FIRST, new SQLException("link failure", "08S01"));
		Awaitility.await().until(() -> !replica(0).isEligible());
		Awaitility.await().untilAsserted(() -> assertThat(lost).containsExactly(FIRST));
	}

	@Test
	void refusedWriteTriggersAProbeOfThePrimary() {
		try (TopologyMonitor slow = monitor(PrimaryDiscovery.STATIC, Duration.ofHours(1))) {
			slow.start();
			assertThat(slow.snapshot().canWrite()).isTrue();
			this.probes.put("p", () -> new Observation.Primary(true, GtidSet.NONE));
			slow.failures().onRefusedWrite(PRIMARY, new SQLException("read-only", "HY000", 1290));
			Awaitility.await().until(() -> !slow.snapshot().canWrite());
		}
	}

}
