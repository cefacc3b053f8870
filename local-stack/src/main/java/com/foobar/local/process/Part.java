package com.foobar.local.process;

import java.util.Optional;

/**
 * A part of the stack that runs as one process and can be taken away and brought back.
 *
 * <p>
 * Thread-safe. Methods that act return when what they did has taken effect, and throw
 * {@link PartException} if it does not in time.
 */
public interface Part {

	/**
	 * Such as {@code gateway}, {@code web-app-1} or {@code mariadb-replica-1}.
	 */
	String name();

	/**
	 * The port at which it serves.
	 */
	int port();

	boolean isRunning();

	/**
	 * The operating system's process, if it runs.
	 */
	Optional<ProcessHandle> process();

	/**
	 * Starts it and returns once it is ready; does nothing if it runs.
	 */
	void start();

	/**
	 * Ends it in an orderly way; does nothing if it does not run.
	 */
	void stop();

	/**
	 * Ends it at once, as a crash does.
	 */
	void kill();

	/**
	 * Suspends it: its connections stay open and nothing answers on them, as if the host
	 * had gone.
	 * @throws UnsupportedOperationException on Windows
	 */
	void pause();

	/**
	 * Ends {@link #pause()}.
	 */
	void resume();

	default void restart() {
		stop();
		start();
	}

}
