package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a server: from its start to the end of its process.
 */
final class ServerProcess {

	private final Process process;

	private boolean paused;

	private ServerProcess(Process process) {
		this.process = process;
	}

	static ServerProcess start(List<String> command, Path directory, Path log) throws IOException {
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		process.getOutputStream().close();
		return new ServerProcess(process);
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	ProcessHandle handle() {
		return this.process.toHandle();
	}

	/**
	 * Asks the process to end, and ends it after the given time.
	 * @param graceful how to ask
	 */
	void stop(Runnable graceful, Duration patience) throws InterruptedException {
		resume();
		graceful.run();
		if (!this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			kill();
		}
	}

	void terminate() {
		this.process.destroy();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		this.process.waitFor();
		this.paused = false;
	}

	void pause() {
		signal("STOP");
		this.paused = true;
	}

	void resume() {
		if (this.paused) {
			signal("CONT");
			this.paused = false;
		}
	}

	boolean isPaused() {
		return this.paused;
	}

	private void signal(String name) {
		if (Platform.isWindows()) {
			throw new UnsupportedOperationException("Windows cannot suspend a process by a signal");
		}
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid()))
				.redirectErrorStream(true)
				.start();
			String output = new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
			if (kill.waitFor() != 0) {
				throw new DatabaseException("kill -%s %d failed: %s".formatted(name, this.process.pid(), output));
			}
		}
		catch (IOException ex) {
			throw new DatabaseException("kill -%s %d failed".formatted(name, this.process.pid()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DatabaseException("Interrupted in kill -" + name, ex);
		}
	}

}
