package com.foobar.routing.consistency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.routing.consistency.Carrier.FailedException;

/**
 * Writes and reads at random on random instances, and records the smallest number that
 * each register must have. For one thread.
 */
final class CheckedClient {

	/** Written by many clients and read by all. */
	private static final long SHARED = 0;

	private static final AtomicLong KEYS = new AtomicLong();

	private final Carrier carrier;

	private final List<CheckedInstance> instances;

	private final Random random;

	private final boolean monotonic;

	private final Findings findings;

	private final long own = KEYS.incrementAndGet();

	/** The smallest number that a read of a register may return. */
	private final Map<Long, Long> floors = new HashMap<>();

	private long last;

	/**
	 * Create a client.
	 * @param monotonic whether reads must be monotonic
	 */
	CheckedClient(Carrier carrier, List<CheckedInstance> instances, Random random, boolean monotonic,
			Findings findings) {
		this.carrier = carrier;
		this.instances = instances;
		this.random = random;
		this.monotonic = monotonic;
		this.findings = findings;
		this.floors.put(this.own, 0L);
		this.floors.put(SHARED, 0L);
	}

	/**
	 * Run one random operation.
	 * @param shared the highest number that any client has tried to write into the shared
	 * register
	 * @param messages messages between clients: the receiver must read the writes of the
	 * sender
	 */
	void step(AtomicLong shared, Queue<Message> messages) throws InterruptedException {
		switch (this.random.nextInt(10)) {
			case 0, 1 -> write("raise", this.own, ++this.last);
			case 2 -> write("outside-transaction", this.own, ++this.last);
			case 3 -> write("and-read", this.own, ++this.last);
			case 4 -> write("raise", SHARED, shared.incrementAndGet());
			case 5 -> read(SHARED);
			case 6 ->
				messages.offer(new Message(this.own, this.floors.getOrDefault(this.own, 0L), this.carrier.token()));
			case 7 -> {
				Message message = (this.carrier instanceof Carrier.Browser) ? null : messages.poll();
				if (message != null) {
					this.carrier.adopt(message.token);
					this.floors.merge(message.key, message.number, Math::max);
					read(message.key);
				}
			}
			default -> read(this.own);
		}
	}

	/** Reads only, on a random instance. */
	void readShared() throws InterruptedException {
		read(SHARED);
	}

	void write(String operation, long key, long number) throws InterruptedException {
		long start = System.nanoTime();
		try {
			long found = this.carrier.run(instance(), operation, key, number);
			this.floors.merge(key, number, Math::max);
			this.findings.written();
			if (operation.equals("and-read")) {
				check(key, found);
			}
		}
		catch (FailedException ex) {
			// The commit may have succeeded: the floor stays, and a read may return more.
			this.findings.failedWrite(start, ex);
		}
	}

	long read(long key) throws InterruptedException {
		long start = System.nanoTime();
		try {
			long found = this.carrier.run(instance(), "read", key, 0);
			check(key, found);
			return found;
		}
		catch (FailedException ex) {
			this.findings.failedRead(start, ex);
			return -1;
		}
	}

	long own() {
		return this.own;
	}

	private void check(long key, long found) {
		long floor = this.floors.getOrDefault(key, 0L);
		if (found < floor) {
			this.findings.violation(this.carrier.getClass().getSimpleName() + " " + this.own + " found " + found
					+ " in register " + key + ", where " + floor + " must be; token " + this.carrier.token());
		}
		this.findings.read();
		if (this.monotonic) {
			this.floors.merge(key, found, Math::max);
		}
	}

	private CheckedInstance instance() {
		return this.instances.get(this.random.nextInt(this.instances.size()));
	}

	/**
	 * Passes the dependencies of a client to another one.
	 *
	 * @param key a register
	 * @param number the smallest number that it must have
	 * @param token the sender's token
	 */
	record Message(long key, long number, String token) {

	}

}
