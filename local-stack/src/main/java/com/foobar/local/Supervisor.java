package com.foobar.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
		Watch watch = new Watch(part);
		while (!this.closed) {
			try {
				watch.glance();
			}
			catch (InterruptedException ex) {
				// Closed.
				return;
			}
			catch (Throwable ex) {
				// Without this thread nobody would bring the part back.
				reportGuarded(part, ex);
			}
		}
	}

	private void reportGuarded(Part part, Throwable failure) {
		try {
			this.progress.report("Watching " + part.name() + " failed, going on: " + failure);
		}
		catch (Throwable ex) {
			// There is nowhere left to say it, and the next glance may fare better.
			return;
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

	/** What is remembered of one part. Used by its thread alone. */
	private final class Watch {

		private final Part part;

		private Duration wait = Duration.ZERO;

		private long startedAt = System.nanoTime();

		Watch(Part part) {
			this.part = part;
		}

		void glance() throws InterruptedException {
			Thread.sleep(GLANCE.toMillis());
			if (this.part.isRunning()) {
				return;
			}
			Duration now = (System.nanoTime() - this.startedAt > RECOVERED.toNanos()) ? Duration.ZERO : this.wait;
			Supervisor.this.progress.report(String.format(Locale.ROOT, "%s ended unexpectedly: starting it again%s",
					this.part.name(), now.isZero() ? "" : " in " + now.toSeconds() + " s"));
			Thread.sleep(now.toMillis());
			this.wait = longer(now);
			this.startedAt = System.nanoTime();
			startAgain();
		}

		private void startAgain() throws InterruptedException {
			if (Supervisor.this.closed) {
				return;
			}
			try {
				this.part.start();
				Supervisor.this.progress.report(this.part.name() + " is ready again");
			}
			catch (PartException ex) {
				if (Thread.interrupted() || Supervisor.this.closed) {
					throw new InterruptedException();
				}
				Supervisor.this.progress.report(String.valueOf(ex.getMessage()));
			}
		}

	}

}
