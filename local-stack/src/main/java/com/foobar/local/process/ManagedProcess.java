package com.foobar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A gateway, web-app or database that runs as one process, and that can be stopped,
 * killed, paused and started again.
 *
 * <p>
 * Thread-safe. Methods that act return when the action has taken effect, and throw
 * {@link StackException} if it does not within the timeout.
 */
public abstract class ManagedProcess {

	private static final long POLL_INTERVAL_MILLIS = 50;

	private final String name;

	private final int port;

	private final Path log;

	private final Duration startTimeout;

	private final Duration stopTimeout;

	private final BiConsumer<String, ProcessHandle> listener;

	private @Nullable ChildProcess child;

	/**
	 * Creates a process that does not run yet.
	 * @param name such as {@code gateway}, {@code web-app-1} or {@code mariadb-replica-1}
	 * @param port the port it listens on
	 * @param log the file its output is appended to
	 * @param startTimeout how long a start may take until the process is ready
	 * @param stopTimeout how long an orderly stop may take before the process is killed
	 * @param listener receives the name and the handle of each child process before it is
	 * ready, so that one that is left behind can be found
	 */
	protected ManagedProcess(String name, int port, Path log, Duration startTimeout, Duration stopTimeout,
			BiConsumer<String, ProcessHandle> listener) {
		this.name = name;
		this.port = port;
		this.log = log;
		this.startTimeout = startTimeout;
		this.stopTimeout = stopTimeout;
		this.listener = listener;
	}

	/**
	 * Starts the child process, without waiting for it.
	 */
	protected abstract ChildProcess launch() throws IOException, InterruptedException;

	/**
	 * Checks once whether the process is ready.
	 * @return why it is not ready; empty if it is
	 * @throws StackException if it will never be ready
	 */
	protected abstract Optional<String> probe();

	/**
	 * Requests an orderly stop, without waiting for it.
	 */
	protected void requestStop(ChildProcess running) {
		running.terminate();
	}

	public final String name() {
		return this.name;
	}

	public final int port() {
		return this.port;
	}

	public final Path log() {
		return this.log;
	}

	public synchronized boolean isRunning() {
		return this.child != null && this.child.isAlive();
	}

	/**
	 * The operating system's process, if it runs.
	 */
	public final synchronized Optional<ProcessHandle> handle() {
		return Optional.ofNullable(this.child).filter(ChildProcess::isAlive).map(ChildProcess::handle);
	}

	/**
	 * Starts it and returns once it is ready; does nothing if it runs.
	 */
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		if (!FreePorts.isFree(this.port)) {
			// Otherwise the readiness check would succeed with the other program's
			// response.
			throw StackException.of("%s cannot listen on port %d: it is in use", this.name, this.port);
		}
		try {
			Files.createDirectories(this.log.toAbsolutePath().getParent());
			this.child = launch();
			this.listener.accept(this.name, this.child.handle());
			awaitReady(this.child);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s could not be started: %s", this.name, ex);
		}
		catch (InterruptedException ex) {
			throw interrupted("start", ex);
		}
	}

	/**
	 * Stops it in an orderly way; does nothing if it does not run.
	 */
	public final synchronized void stop() {
		ChildProcess running = this.child;
		if (running != null) {
			try {
				running.stop(() -> requestStop(running), this.stopTimeout);
			}
			catch (InterruptedException ex) {
				throw interrupted("stop", ex);
			}
		}
	}

	/**
	 * Kills it, as a crash would.
	 */
	public final synchronized void kill() {
		if (this.child != null) {
			try {
				this.child.kill();
			}
			catch (InterruptedException ex) {
				throw interrupted("kill", ex);
			}
		}
	}

	/**
	 * Suspends it: its connections stay open and do not respond, as if the host were
	 * unreachable.
	 * @throws UnsupportedOperationException on Windows
	 */
	public final synchronized void pause() {
		running().pause();
	}

	/**
	 * Ends {@link #pause()}.
	 */
	public final synchronized void resume() {
		running().resume();
	}

	public final void restart() {
		stop();
		start();
	}

	private ChildProcess running() {
		if (this.child == null || !this.child.isAlive()) {
			throw new IllegalStateException(this.name + " does not run");
		}
		return this.child;
	}

	private void awaitReady(ChildProcess started) throws InterruptedException {
		long deadline = System.nanoTime() + this.startTimeout.toNanos();
		try {
			while (true) {
				if (!started.isAlive()) {
					throw StackException.of("%s ended with %d while it started: %s", this.name, started.exitValue(),
							LogTail.of(this.log));
				}
				Optional<String> reason = probe();
				if (reason.isEmpty()) {
					return;
				}
				if (System.nanoTime() > deadline) {
					throw StackException.of("%s is not ready on port %d after %d s (%s); %s", this.name, this.port,
							this.startTimeout.toSeconds(), reason.get(), LogTail.of(this.log));
				}
				Thread.sleep(POLL_INTERVAL_MILLIS);
			}
		}
		catch (StackException ex) {
			started.kill();
			throw ex;
		}
	}

	private StackException interrupted(String action, InterruptedException ex) {
		Thread.currentThread().interrupt();
		return StackException.of(ex, "Interrupted during %s of %s", action, this.name);
	}

}
