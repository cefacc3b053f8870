package com.foobar.routing.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Many senders that read as fast as possible with foreign tokens, and a thread that
 * samples the pools.
 */
final class Flood {

	/** More than the connections to all replicas. */
	private static final int SENDERS = 40;

	private final List<CheckedInstance> instances;

	private final AtomicBoolean over = new AtomicBoolean();

	private final ExecutorService executor = Executors.newFixedThreadPool(SENDERS + 1);

	private final List<Future<?>> tasks = new ArrayList<>();

	private final Map<Integer, LongAdder> responses = new ConcurrentHashMap<>();

	private final AtomicInteger mostWaiting = new AtomicInteger();

	private final AtomicInteger mostOnPrimary = new AtomicInteger();

	private Flood(List<CheckedInstance> instances) {
		this.instances = instances;
	}

	/**
	 * Starts the flood.
	 * @param token makes a token each time
	 */
	static Flood of(List<CheckedInstance> instances, Function<Random, String> token) {
		Flood flood = new Flood(instances);
		for (int i = 0; i < SENDERS; i++) {
			Random random = new Random(i);
			flood.tasks.add(flood.executor.submit(() -> {
				while (!flood.over.get()) {
					CheckedInstance instance = instances.get(random.nextInt(instances.size()));
					int status = Carrier.send(instance, "read", 1, 0, "Read-After", token.apply(random)).statusCode();
					flood.responses.computeIfAbsent(status, (any) -> new LongAdder()).increment();
				}
				return null;
			}));
		}
		flood.tasks.add(flood.executor.submit(() -> {
			while (!flood.over.get()) {
				flood.sample();
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			}
		}));
		return flood;
	}

	private void sample() {
		for (CheckedInstance instance : this.instances) {
			WaitLimit limit = instance.context().getBean(WaitLimit.class);
			instance.snapshot()
				.replicas()
				.forEach((replica) -> this.mostWaiting.accumulateAndGet(limit.waiting(replica.node()), Math::max));
			HikariDataSource primary = instance.context().getBean("dataSource", HikariDataSource.class);
			if (primary.isRunning()) {
				this.mostOnPrimary.accumulateAndGet(primary.getHikariPoolMXBean().getActiveConnections(), Math::max);
			}
		}
	}

	/** Ends the flood and rethrows a failure of a sender. */
	void end() throws InterruptedException, ExecutionException {
		this.over.set(true);
		this.executor.shutdown();
		for (Future<?> task : this.tasks) {
			task.get();
		}
	}

	long sent() {
		return this.responses.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/** The number of responses with a status. */
	long responses(int status) {
		LongAdder count = this.responses.get(status);
		return (count != null) ? count.sum() : 0;
	}

	/** The maximum number of concurrent waits for one replica on any instance. */
	int mostWaiting() {
		return this.mostWaiting.get();
	}

	/** The maximum number of active connections to the primary on any instance. */
	int mostOnPrimary() {
		return this.mostOnPrimary.get();
	}

	/** The number of rejected waits on all instances. */
	long rejected() {
		return this.instances.stream().mapToLong((instance) -> {
			WaitLimit limit = instance.context().getBean(WaitLimit.class);
			return instance.snapshot().replicas().stream().mapToLong((replica) -> limit.rejected(replica.node())).sum();
		}).sum();
	}

	/**
	 * Creates a token of a foreign source, of future GTIDs, or of the maximum length.
	 * @param real a token of the servers
	 */
	static String forged(Random random, String real) {
		return switch (random.nextInt(4)) {
			case 0 -> new UUID(random.nextLong(), random.nextLong()) + ":1-" + (1 + random.nextInt(1_000_000));
			case 1 -> "0-" + (1 + random.nextInt(3)) + "-" + (1_000_000 + random.nextInt(1_000_000));
			case 2 -> real.contains(":") ? real.substring(0, 36) + ":1-9000000" : "7-7-7";
			default -> IntStream.range(0, 24)
				.mapToObj((i) -> new UUID(random.nextLong(), i) + ":1")
				.collect(Collectors.joining("~"));
		};
	}

	@Override
	public String toString() {
		return this.responses + ", at most " + mostWaiting() + " waiting for a replica and " + mostOnPrimary()
				+ " on the primary, " + rejected() + " waits rejected";
	}

}
