package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The results of the checker. A stale read is a violation in any state of the servers; an
 * error is excused while a server is unavailable, and for some time after, until pools
 * have detected it. Thread-safe.
 */
final class Findings {

	/** Until every pool has detected its dead connections. */
	private static final Duration AFTERMATH = Duration.ofSeconds(10);

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final Queue<Failure> failedReads = new ConcurrentLinkedQueue<>();

	private final Queue<Failure> failedWrites = new ConcurrentLinkedQueue<>();

	private final List<Excuse> excuses = new CopyOnWriteArrayList<>();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicInteger writes = new AtomicInteger();

	void violation(String text) {
		this.violations.add(text);
	}

	void read() {
		this.reads.incrementAndGet();
	}

	void written() {
		this.writes.incrementAndGet();
	}

	void failedRead(long start, Exception cause) {
		this.failedReads.add(new Failure(start, System.nanoTime(), cause.toString()));
	}

	void failedWrite(long start, Exception cause) {
		this.failedWrites.add(new Failure(start, System.nanoTime(), cause.toString()));
	}

	void fault(String name) {
		this.faults.add(name);
	}

	/** A server is unavailable from now on. */
	Excuse excuse() {
		Excuse excuse = new Excuse(System.nanoTime());
		this.excuses.add(excuse);
		return excuse;
	}

	Queue<String> violations() {
		return this.violations;
	}

	int reads() {
		return this.reads.get();
	}

	int writes() {
		return this.writes.get();
	}

	int failedReads() {
		return this.failedReads.size();
	}

	/** Errors at times when every server was available. */
	List<String> unexplained() {
		return java.util.stream.Stream.concat(this.failedReads.stream(), this.failedWrites.stream())
			.filter((failure) -> this.excuses.stream().noneMatch((excuse) -> excuse.covers(failure)))
			.map(Failure::cause)
			.toList();
	}

	@Override
	public String toString() {
		return this.reads + " reads and " + this.writes + " writes, " + this.violations.size() + " violations, "
				+ this.failedReads.size() + " reads and " + this.failedWrites.size() + " writes failed ("
				+ unexplained().size() + " unexplained), while " + this.faults;
	}

	private record Failure(long start, long end, String cause) {

	}

	static final class Excuse {

		private final long start;

		private volatile long end = Long.MIN_VALUE;

		private volatile boolean open = true;

		private Excuse(long start) {
			this.start = start;
		}

		void end() {
			this.end = System.nanoTime() + AFTERMATH.toNanos();
			this.open = false;
		}

		private boolean covers(Failure failure) {
			return failure.end - this.start >= 0 && (this.open || this.end - failure.start >= 0);
		}

	}

}
