package com.foobar.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a duration on a loaded machine. A thread ticks meanwhile, and time in which it
 * was not scheduled is subtracted.
 */
final class Stopwatch implements AutoCloseable {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

	private final long start = System.nanoTime();

	private final AtomicLong lost = new AtomicLong();

	private final Thread ticker = new Thread(this::tick, "stopwatch");

	Stopwatch() {
		this.ticker.setDaemon(true);
		this.ticker.start();
	}

	private void tick() {
		long last = System.nanoTime();
		while (!Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(TICK);
			long now = System.nanoTime();
			this.lost.addAndGet(Math.max(0, now - last - 2 * TICK));
			last = now;
		}
	}

	/** The time since the start, without the time in which no thread was scheduled. */
	Duration elapsed() {
		return total().minusNanos(this.lost.get());
	}

	/** The time since the start. */
	Duration total() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	@Override
	public void close() {
		this.ticker.interrupt();
	}

}
