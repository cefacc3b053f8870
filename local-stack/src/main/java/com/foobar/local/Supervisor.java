package com.foobar.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import com.foobar.local.process.ManagedProcess;
import com.foobar.local.process.StackException;

/**
 * Restarts processes that ended by themselves: at once at first, then after waits that
 * double up to half a minute, indefinitely.
 */
final class Supervisor implements AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/** A process that ran for this long has recovered: the waits start over. */
	private static final Duration RECOVERED = Duration.ofSeconds(60);

	private final List<Thread> threads = new ArrayList<>();

	private final Consumer<String> progress;

	private volatile boolean closed;

	Supervisor(List<ManagedProcess> processes, Consumer<String> progress) {
		this.progress = progress;
		for (ManagedProcess process : processes) {
			Thread thread = new Thread(() -> watch(process), "watch-" + process.name());
			thread.setDaemon(true);
			this.threads.add(thread);
		}
		this.threads.forEach(Thread::start);
	}

	private void watch(ManagedProcess process) {
		Watch watch = new Watch(process);
		while (!this.closed) {
			try {
				watch.check();
			}
			catch (InterruptedException ex) {
				// Closed.
				return;
			}
			catch (Throwable ex) {
				// Without this thread nothing would restart the process.
				reportGuarded(process, ex);
			}
		}
	}

	private void reportGuarded(ManagedProcess process, Throwable failure) {
		try {
			this.progress.accept("Watching " + process.name() + " failed, going on: " + failure);
		}
		catch (Throwable ex) {
			// There is nowhere left to report it, and the next check may succeed.
			return;
		}
	}

	static Duration longer(Duration wait) {
		Duration doubled = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
		return (doubled.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : doubled;
	}

	/**
	 * From now on no process is restarted.
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

	/** The restart state of one process. Confined to its thread. */
	private final class Watch {

		private final ManagedProcess process;

		private Duration wait = Duration.ZERO;

		private long startedAt = System.nanoTime();

		Watch(ManagedProcess process) {
			this.process = process;
		}

		void check() throws InterruptedException {
			Thread.sleep(POLL_INTERVAL.toMillis());
			if (this.process.isRunning()) {
				return;
			}
			Duration now = (System.nanoTime() - this.startedAt > RECOVERED.toNanos()) ? Duration.ZERO : this.wait;
			Supervisor.this.progress.accept(String.format(Locale.ROOT, "%s ended unexpectedly: starting it again%s",
					this.process.name(), now.isZero() ? "" : " in " + now.toSeconds() + " s"));
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
				this.process.start();
				Supervisor.this.progress.accept(this.process.name() + " is ready again");
			}
			catch (StackException ex) {
				if (Thread.interrupted() || Supervisor.this.closed) {
					throw new InterruptedException();
				}
				Supervisor.this.progress.accept(String.valueOf(ex.getMessage()));
			}
		}

	}

}
