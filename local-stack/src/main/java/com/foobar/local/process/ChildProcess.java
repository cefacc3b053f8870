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
	 * Starts a process that writes to a log, reads nothing, and does not hear the
	 * interrupt (Ctrl-C) or the hang-up of the terminal: those go to all processes of the
	 * foreground at once, and the order in which they end is their parent's affair.
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
	 * What the process answered at its end: 128 plus the number of the signal, if one
	 * ended it.
	 */
	public int exitValue() {
		return this.process.exitValue();
	}

	/**
	 * Asks the process to end, and ends it when it has not after the given time.
	 * @param graceful how to ask
	 * @return whether it ended by itself
	 */
	public boolean stop(Runnable graceful, Duration patience) throws InterruptedException {
		resume();
		graceful.run();
		if (this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			return true;
		}
		kill();
		return false;
	}

	/**
	 * Sends the signal that asks to end; on Windows there is none, and the process ends
	 * at once.
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
				throw new PartException(
						String.format(Locale.ROOT, "kill -%s %d failed: %s", name, this.process.pid(), output));
			}
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "kill -%s %d failed", name, this.process.pid()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PartException("Interrupted in kill -" + name, ex);
		}
	}

}
