package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.routing.servers.ReplicaServer;
import com.foobar.routing.servers.ReplicatedServers;

/**
 * Runs many clients that write and read at random on all instances while the servers are
 * disturbed at random, and collects every violation. The seed determines the random
 * choices, but not the interleaving of threads and servers.
 *
 * @param servers the servers, with two replicas or more
 * @param instances the instances of the application
 * @param monotonic whether time must not run backwards for a client
 * @param seed seed of all that is random
 */
record ConsistencyChecker(ReplicatedServers servers, List<CheckedInstance> instances, boolean monotonic, long seed) {

	private static final int CLIENTS = 9;

	/** A new seed for each run, or {@code -Dconsistency.seed=}. */
	static long newSeed() {
		return Long.getLong("consistency.seed", System.nanoTime());
	}

	/**
	 * Checks until each disturbance has run and the time is over.
	 */
	Findings check(List<Disturbance> disturbances, Duration atLeast) throws InterruptedException, ExecutionException {
		return check(disturbances, atLeast, false);
	}

	/**
	 * Checks until a violation or until the time is over.
	 */
	Findings seekViolation(List<Disturbance> disturbances, Duration atMost)
			throws InterruptedException, ExecutionException {
		return check(disturbances, atMost, true);
	}

	private Findings check(List<Disturbance> disturbances, Duration time, boolean untilViolation)
			throws InterruptedException, ExecutionException {
		Findings findings = new Findings();
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<?>> clients = new ArrayList<>();
			AtomicLong shared = new AtomicLong();
			Queue<CheckedClient.Message> messages = new ConcurrentLinkedQueue<>();
			for (int i = 0; i < CLIENTS; i++) {
				CheckedClient client = new CheckedClient(carrier(i), this.instances, new Random(this.seed + i),
						this.monotonic, findings);
				boolean writes = !this.monotonic || i % 3 != 1;
				clients.add(executor.submit(() -> {
					while (!over.get()) {
						if (writes) {
							client.step(shared, messages);
						}
						else {
							client.readShared();
						}
					}
					return null;
				}));
			}
			disturb(disturbances, findings, System.nanoTime() + time.toNanos(), untilViolation);
			over.set(true);
			for (Future<?> client : clients) {
				client.get();
			}
		}
		finally {
			over.set(true);
			executor.shutdown();
		}
		return findings;
	}

	private static Carrier carrier(int client) {
		return switch (client % 3) {
			case 0 -> new Carrier.Browser();
			case 1 -> new Carrier.Caller();
			default -> new Carrier.Job();
		};
	}

	/**
	 * The mild ones first, because failures are not excused during them.
	 */
	private void disturb(List<Disturbance> disturbances, Findings findings, long end, boolean untilViolation) {
		Random random = new Random(this.seed);
		do {
			List<Disturbance> round = new ArrayList<>(disturbances);
			Collections.shuffle(round, random);
			round.sort((one, other) -> Boolean.compare(one.isSevere(), other.isSevere()));
			for (Disturbance disturbance : round) {
				if (untilViolation && (!findings.violations().isEmpty() || System.nanoTime() - end > 0)) {
					return;
				}
				disturb(disturbance, random, findings);
			}
		}
		while (System.nanoTime() - end < 0);
	}

	private void disturb(Disturbance disturbance, Random random, Findings findings) {
		List<ReplicaServer> victims = victims(random);
		findings.fault(disturbance + " " + victims);
		Findings.Excuse excuse = disturbance.isSevere() ? findings.excuse() : null;
		disturbance.start(this.servers, victims);
		try {
			pause(random, disturbance == Disturbance.HICCUP ? 400 : 1500);
		}
		finally {
			disturbance.end(this.servers, victims);
			if (excuse != null) {
				this.servers.awaitCaughtUp();
				excuse.end();
			}
		}
		pause(random, 400);
	}

	/** One of the replicas, or all. */
	private List<ReplicaServer> victims(Random random) {
		List<ReplicaServer> replicas = this.servers.replicas();
		int victim = random.nextInt(replicas.size() + 1);
		return (victim == replicas.size()) ? replicas : List.of(replicas.get(victim));
	}

	/** The duration of a disturbance; there is no condition to await. */
	@SuppressWarnings("ThreadSleep")
	private static void pause(Random random, int millis) {
		try {
			Thread.sleep(millis / 4 + random.nextInt(millis));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
