package com.foobar.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.local.process.Part;
import com.foobar.local.process.PartException;

/**
 * Brings parts back that ended by themselves: at once at first, then after waits that
 * double up to half a minute, for as long as it takes.
 */
final class Supervisor implements AutoCloseable {

	private static final Duration GLANCE = Duration.ofMillis(500);

	private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/** A part that ran for this long has recovered: the waits begin anew. */
	private static final Duration RECOVERED = Duration.ofSeconds(60);

	private final List<Thread> threads = new ArrayList<>();

	private final Progress progress;

	private volatile boolean closed;

	Supervisor(List<Part> parts, Progress progress) {
		this.progress = progress;
		for (Part part : parts) {
			Thread thread = new Thread(() -> watch(part), "watch-" + part.name());
			thread.setDaemon(true);
			this.threads.add(thread);
		}
		this.threads.forEach(Thread::start);
	}

	private void watch(Part part) {
		Duration wait = Duration.ZERO;
		long startedAt = System.nanoTime();
		try {
			while (!this.closed) {
				Thread.sleep(GLANCE.toMillis());
				if (part.isRunning()) {
					continue;
				}
				wait = (System.nanoTime() - startedAt > RECOVERED.toNanos()) ? Duration.ZERO : wait;
				this.progress.report("%s ended unexpectedly: starting it again%s".formatted(part.name(),
						wait.isZero() ? "" : " in " + wait.toSeconds() + " s"));
				Thread.sleep(wait.toMillis());
				wait = longer(wait);
				startedAt = System.nanoTime();
				startAgain(part);
			}
		}
		catch (InterruptedException ex) {
			// Closed.
		}
	}

	private void startAgain(Part part) throws InterruptedException {
		if (this.closed) {
			return;
		}
		try {
			part.start();
			this.progress.report(part.name() + " is ready again");
		}
		catch (PartException ex) {
			if (Thread.interrupted() || this.closed) {
				throw new InterruptedException();
			}
			this.progress.report(String.valueOf(ex.getMessage()));
		}
	}

	static Duration longer(Duration wait) {
		Duration doubled = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
		return (doubled.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : doubled;
	}

	/**
	 * Ends the watch: from now on no part is started again.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.threads.forEach(Thread::interrupt);
		boolean interrupted = false;
		for (Thread thread : this.threads) {
			try {
				thread.join(10_000);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
