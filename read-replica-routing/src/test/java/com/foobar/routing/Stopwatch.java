package com.foobar.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long something takes on a machine that does other things as well: time in
 * which a thread that only wants to tick could not is nobody's fault.
 */
final class Stopwatch implements AutoCloseable {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);

	private final long begin = System.nanoTime();

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

	/** The time since the start, without that in which nobody could run. */
	Duration elapsed() {
		return total().minusNanos(this.lost.get());
	}

	/** The time since the start. */
	Duration total() {
		return Duration.ofNanos(System.nanoTime() - this.begin);
	}

	@Override
	public void close() {
		this.ticker.interrupt();
	}

}
