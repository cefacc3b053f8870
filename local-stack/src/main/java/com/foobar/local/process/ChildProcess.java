package com.foobar.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One run of a child process: from its start to its end. Not thread-safe.
 */
public final class ChildProcess {

	private final Process process;

	private boolean paused;

	private ChildProcess(Process process) {
		this.process = process;
	}

	/**
	 * Starts a process that writes to a log, reads nothing, and ignores the interrupt
	 * (Ctrl-C) and the hang-up of the terminal. The terminal sends them to all processes
	 * of the foreground at once; the parent decides in which order its children end.
	 */
	public static ChildProcess start(List<String> command, Path directory, Path log) throws IOException {
		List<String> wrapped = new ArrayList<>();
		if (!isWindows()) {
			// Ignored signals stay ignored in the program that takes the shell's place.
			wrapped.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
		}
		wrapped.addAll(command);
		Process process = new ProcessBuilder(wrapped).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		process.getOutputStream().close();
		return new ChildProcess(process);
	}

	public static boolean isWindows() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	public ProcessHandle handle() {
		return this.process.toHandle();
	}

	/**
	 * The exit code: 128 plus the number of the signal, if a signal ended the process.
	 */
	public int exitValue() {
		return this.process.exitValue();
	}

	/**
	 * Requests a stop, and kills the process after the timeout.
	 * @param request how to request it
	 */
	public void stop(Runnable request, Duration timeout) throws InterruptedException {
		resume();
		request.run();
		if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
			kill();
		}
	}

	/**
	 * Sends SIGTERM. On Windows there is no such signal, and the process ends at once.
	 */
	public void terminate() {
		this.process.destroy();
	}

	public void kill() throws InterruptedException {
		this.process.destroyForcibly();
		this.process.waitFor();
		this.paused = false;
	}

	public void pause() {
		signal("STOP");
		this.paused = true;
	}

	public void resume() {
		if (this.paused) {
			signal("CONT");
			this.paused = false;
		}
	}

	private void signal(String name) {
		if (isWindows()) {
			throw new UnsupportedOperationException("Windows cannot suspend a process by a signal");
		}
		try {
			// The shell's own kill: the command of that name is not installed everywhere.
			Process kill = new ProcessBuilder("/bin/sh", "-c",
					String.format(Locale.ROOT, "kill -%s %d", name, this.process.pid()))
				.redirectErrorStream(true)
				.start();
			String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (kill.waitFor() != 0) {
				throw StackException.of("kill -%s %d failed: %s", name, this.process.pid(), output);
			}
		}
		catch (IOException ex) {
			throw StackException.of(ex, "kill -%s %d failed", name, this.process.pid());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted in kill -" + name, ex);
		}
	}

}
