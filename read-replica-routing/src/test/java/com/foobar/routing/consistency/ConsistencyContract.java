package com.foobar.routing.consistency;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import com.foobar.routing.Consistency;
import com.foobar.routing.NodeState;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.servers.ReplicaServer;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No reader misses its own writes, on two instances of an application, with clients that
 * store only the token.
 * <p>
 * {@code -Dconsistency.seconds=600} checks for longer, {@code -Dconsistency.seed=}
 * repeats an earlier run.
 */
abstract class ConsistencyContract {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration CHECKED = Duration.ofSeconds(Long.getLong("consistency.seconds", 10));

	/** The time within which a mutant must be detected. */
	private static final Duration CAUGHT = Duration.ofMinutes(2);

	private static final String ROLES_MAY_CHANGE = "read-replica-routing.primary-discovery=read-only-flag";

	private static final List<Disturbance> LAG = List.of(Disturbance.HICCUP, Disturbance.DELAY);

	private final List<CheckedInstance> instances = new ArrayList<>();

	abstract ReplicatedServers servers();

	@AfterEach
	void stop() {
		this.instances.forEach(CheckedInstance::close);
	}

	@Test
	void ownWritesAreReadOnTheOtherInstanceAlthoughTheReplicasLagByASecond() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		assertThat(ownWritesFoundOnDelayedReplicas()).isEqualTo(50);
	}

	@Test
	void ownWritesAreMissedWithoutTheToken() throws Exception {
		start(Consistency.EVENTUAL);
		assertThat(ownWritesFoundOnDelayedReplicas()).isLessThan(10);
	}

	@Test
	void readsUseReplicasThatCaughtUp() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		Findings findings = new Findings();
		CheckedClient client = new CheckedClient(new Carrier.Caller(), this.instances, new Random(1), false, findings);
		for (int i = 1; i <= 30; i++) {
			client.write("raise", client.own(), i);
			client.read(client.own());
		}
		assertThat(findings.violations()).isEmpty();
		assertThat(reasonsOfReads()).as("replicas that are not behind serve the reads")
			.filteredOn((reason) -> reason == Reason.CAUGHT_UP || reason == Reason.READ_ONLY)
			.hasSizeGreaterThan(25);
	}

	@Test
	void forgedTokenAffectsNoOtherClient() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		for (String token : List.of("0-1-9999999999", "7-7-7", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-99999",
				"3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:7", "nonsense", "x".repeat(4000))) {
			long start = System.nanoTime();
			HttpResponse<String> response = Carrier.send(this.instances.get(0), "read", 1, 0, "Read-After", token);
			assertThat(response.statusCode()).as(token).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(token).isLessThan(Duration.ofSeconds(5));
		}
		assertThat(reasonsOfReads()).as("none of them reached the primary")
			.isSubsetOf(Reason.READ_ONLY, Reason.CAUGHT_UP);
	}

	@Test
	void floodOfForgedTokensNeitherReachesThePrimaryNorBlocksOtherClients() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		HonestClient honest = new HonestClient(this.instances);
		honest.writeAndReadElsewhere();
		servers().awaitCaughtUp();
		Flood flood = Flood.of(this.instances, (random) -> Flood.forged(random, honest.token()));
		try {
			for (int i = 0; i < 30; i++) {
				honest.writeAndReadElsewhere();
			}
		}
		finally {
			flood.end();
		}
		System.out.println("Flood of made-up tokens: " + flood);
		long onPrimary = reasonsOfReads().stream()
			.filter((reason) -> reason == Reason.NOT_CAUGHT_UP || reason == Reason.NO_ELIGIBLE_REPLICA)
			.count();
		assertThat(flood.sent()).isGreaterThan(100).isEqualTo(flood.responses(200));
		// One in four is a future GTID, which waits as the newest token does.
		assertThat(onPrimary).as("reads on the primary, of " + flood.sent()).isLessThan(flood.sent() / 2);
	}

	@Test
	void floodOfUnverifiableTokensLeavesConnectionsToReadsThatNeedNotWait() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		HonestClient honest = new HonestClient(this.instances);
		honest.writeAndReadElsewhere();
		servers().awaitCaughtUp();
		servers().stopPrimary();
		try {
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> this.instances.stream().noneMatch((instance) -> instance.snapshot().canWrite()));
			Flood flood = Flood.of(this.instances, (random) -> Flood.forged(random, ""));
			try {
				Awaitility.await().atMost(TIMEOUT).until(() -> flood.rejected() > 0);
				for (int i = 0; i < 30; i++) {
					honest.read();
				}
			}
			finally {
				flood.end();
			}
			System.out.println("Flood without a primary: " + flood);
			assertThat(flood.mostWaiting()).as("half of the pool of eight").isEqualTo(4);
		}
		finally {
			servers().startPrimary();
		}
		// A pool that could not connect for long retries at its own interval.
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreExceptionsInstanceOf(Carrier.FailedException.class)
			.untilAsserted(honest::writeAndReadElsewhere);
	}

	@Test
	void floodOfTheNewestTokenIsCappedOnThePrimary() throws Exception {
		start(Consistency.READ_YOUR_WRITES, "read-replica-routing.primary-fallback.max-concurrent=2");
		HonestClient honest = new HonestClient(this.instances);
		honest.writeAndReadElsewhere();
		List<ReplicaServer> replicas = servers().replicas();
		Disturbance.DELAY.start(servers(), replicas);
		try {
			Flood flood = Flood.of(this.instances, (random) -> honest.token());
			try {
				for (int i = 0; i < 20 || (flood.responses(500) == 0 && i < 1000); i++) {
					honest.write();
					assertThat(honest.readWithoutToken()).isLessThanOrEqualTo(honest.last());
				}
			}
			finally {
				flood.end();
			}
			System.out.println("Flood of the newest token: " + flood);
			assertThat(flood.responses(200)).isPositive();
			assertThat(flood.responses(500)).as("above the cap").isPositive();
			assertThat(flood.mostOnPrimary()).as("two that spilled and the one that writes").isLessThanOrEqualTo(3);
		}
		finally {
			Disturbance.DELAY.end(servers(), replicas);
		}
	}

	@Test
	void randomClientsNeverMissTheirOwnWritesDuringFailures() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		check(false, EnumSet.complementOf(EnumSet.copyOf(Disturbance.OF_ROLES)), CHECKED);
	}

	@Test
	void randomClientsNeverMissTheirOwnWritesDuringFailovers() throws Exception {
		start(Consistency.READ_YOUR_WRITES, ROLES_MAY_CHANGE);
		check(false, Disturbance.OF_ROLES, CHECKED.dividedBy(3));
	}

	@Test
	void readsOfRandomClientsStayMonotonicDuringFailures() throws Exception {
		start(Consistency.SESSION, ROLES_MAY_CHANGE);
		check(true, EnumSet.allOf(Disturbance.class), CHECKED);
	}

	private void check(boolean monotonic, Set<Disturbance> disturbances, Duration time) throws Exception {
		long seed = ConsistencyChecker.newSeed();
		Findings findings = new ConsistencyChecker(servers(), this.instances, monotonic, seed)
			.check(List.copyOf(disturbances), time);
		System.out.println("Checked with seed " + seed + ": " + findings);
		assertThat(findings.violations()).as("seed " + seed).isEmpty();
		assertThat(findings.unexplained()).as("errors while every server was there, seed " + seed).isEmpty();
		assertThat(findings.reads()).isGreaterThan(100).isGreaterThan(findings.failedReads());
		assertThat(findings.writes()).isGreaterThan(30);
		assertThat(reasonsOfReads()).as("the replicas had their part").contains(Reason.READ_ONLY, Reason.CAUGHT_UP);
	}

	@TestFactory
	Stream<DynamicTest> checkerCatchesABrokenBuild() {
		start(Consistency.READ_YOUR_WRITES);
		return Arrays.stream(Mutant.values())
			.filter((mutant) -> !mutant.isAboutTime() && !mutant.isAboutRoles())
			.map((mutant) -> DynamicTest.dynamicTest(mutant.name(), () -> assertDetected(mutant)));
	}

	@Test
	void checkerDetectsEachMutant() throws Exception {
		start(Consistency.SESSION);
		assertDetected(Mutant.READ_NOT_RECORDED);
	}

	@Test
	void checkerDetectsAMutantThatTrustsAFormerPrimary() throws Exception {
		start(Consistency.READ_YOUR_WRITES, ROLES_MAY_CHANGE);
		assertDetected(Mutant.FORMER_PRIMARY_TRUSTED);
	}

	private void assertDetected(Mutant mutant) throws Exception {
		long seed = ConsistencyChecker.newSeed();
		ConsistencyChecker checker = new ConsistencyChecker(servers(), this.instances, mutant.isAboutTime(), seed);
		Findings findings;
		Runnable mend = mutant.install(servers());
		try {
			findings = checker.seekViolation(mutant.isAboutRoles() ? List.copyOf(Disturbance.OF_ROLES) : LAG, CAUGHT);
		}
		finally {
			mend.run();
		}
		System.out.println(mutant + " with seed " + seed + ": " + findings);
		assertThat(findings.violations()).as("seed " + seed).isNotEmpty();
	}

	private int ownWritesFoundOnDelayedReplicas() throws Exception {
		List<ReplicaServer> replicas = servers().replicas();
		Disturbance.DELAY.start(servers(), replicas);
		try {
			Carrier carrier = new Carrier.Caller();
			int found = 0;
			long key = new CheckedClient(carrier, this.instances, new Random(), false, new Findings()).own();
			for (int i = 1; i <= 50; i++) {
				carrier.run(this.instances.get(i % 2), "raise", key, i);
				found += (carrier.run(this.instances.get((i + 1) % 2), "read", key, 0) == i) ? 1 : 0;
			}
			return found;
		}
		finally {
			Disturbance.DELAY.end(servers(), replicas);
		}
	}

	private void start(Consistency consistency, String... properties) {
		servers()
			.onPrimary("CREATE TABLE IF NOT EXISTS foobar.register (id BIGINT PRIMARY KEY, number BIGINT NOT NULL, "
					+ "changes BIGINT NOT NULL DEFAULT 0)", "DELETE FROM foobar.register");
		servers().awaitCaughtUp();
		for (int i = 0; i < 2; i++) {
			this.instances.add(CheckedInstance.start(servers(), consistency, properties));
		}
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.instances.stream()
				.allMatch((instance) -> instance.snapshot().replicas().stream().allMatch(NodeState::isEligible)));
	}

	private List<Reason> reasonsOfReads() {
		return this.instances.stream()
			.flatMap((instance) -> instance.decisions().stream())
			.map(RoutingDecision::reason)
			.filter((reason) -> reason != Reason.READ_WRITE && reason != Reason.AUTO_COMMIT)
			.toList();
	}

}
