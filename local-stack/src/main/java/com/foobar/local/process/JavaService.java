package com.foobar.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A Java application as a child process, ready when its health URL answers 200.
 */
public final class JavaService implements Part {

	private final Settings settings;

	private final ProcessListener listener;

	private @Nullable ChildProcess process;

	public JavaService(Settings settings, ProcessListener listener) {
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * What a service is started with.
	 *
	 * @param name its name
	 * @param jar the executable jar
	 * @param jvmOptions options of the JVM
	 * @param arguments arguments of the application; whoever looks at the list of
	 * processes sees them, so no password is among them
	 * @param directory the working directory
	 * @param log the file its output is appended to
	 * @param port the port it serves at
	 * @param health answers 200 when it is ready
	 * @param startPatience how long it may take to be ready
	 * @param stopPatience how long it may take to end
	 */
	public record Settings(String name, Path jar, List<String> jvmOptions, List<String> arguments, Path directory,
			Path log, int port, URI health, Duration startPatience, Duration stopPatience) {

		public Settings {
			jvmOptions = List.copyOf(jvmOptions);
			arguments = List.copyOf(arguments);
		}

		List<String> command() {
			List<String> command = new java.util.ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(this.jvmOptions);
			command.add("-jar");
			command.add(this.jar.toString());
			command.addAll(this.arguments);
			return command;
		}

	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public int port() {
		return this.settings.port();
	}

	/**
	 * Where it tells whether it is ready.
	 */
	public URI health() {
		return this.settings.health();
	}

	public Path log() {
		return this.settings.log();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	@Override
	public synchronized Optional<ProcessHandle> process() {
		return (this.process != null && this.process.isAlive()) ? Optional.of(this.process.handle()) : Optional.empty();
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		if (!FreePorts.isFree(port())) {
			// Otherwise the answer of whoever listens there would be taken for its own.
			throw new PartException(
					String.format(Locale.ROOT, "%s cannot listen on port %d: it is in use", name(), port()));
		}
		try {
			Files.createDirectories(this.settings.log().toAbsolutePath().getParent());
			this.process = ChildProcess.start(this.settings.command(), this.settings.directory(), this.settings.log());
			this.listener.started(name(), this.process.handle());
			awaitReady(this.process);
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s could not be started: %s", name(), ex), ex);
		}
		catch (InterruptedException ex) {
			throw interrupted("start", ex);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.process != null) {
			try {
				this.process.stop(this.process::terminate, this.settings.stopPatience());
			}
			catch (InterruptedException ex) {
				throw interrupted("stop", ex);
			}
		}
	}

	@Override
	public synchronized void kill() {
		if (this.process != null) {
			try {
				this.process.kill();
			}
			catch (InterruptedException ex) {
				throw interrupted("kill", ex);
			}
		}
	}

	@Override
	public synchronized void pause() {
		running().pause();
	}

	@Override
	public synchronized void resume() {
		running().resume();
	}

	/**
	 * Answers whether the health URL answers 200 within two seconds.
	 */
	public boolean isReady() {
		return isReady(this.settings.health());
	}

	public static boolean isReady(URI health) {
		try {
			HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
			try {
				connection.setConnectTimeout(1000);
				connection.setReadTimeout(2000);
				return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void awaitReady(ChildProcess started) throws InterruptedException {
		long deadline = System.nanoTime() + this.settings.startPatience().toNanos();
		while (!isReady()) {
			if (!started.isAlive()) {
				throw new PartException(String.format(Locale.ROOT, "%s ended with %d while it started: %s", name(),
						started.exitValue(), LogTail.of(this.settings.log())));
			}
			if (System.nanoTime() > deadline) {
				started.kill();
				throw new PartException(String.format(Locale.ROOT, "%s is not ready after %d s (%s); %s", name(),
						this.settings.startPatience().toSeconds(), health(), LogTail.of(this.settings.log())));
			}
			Thread.sleep(100);
		}
	}

	private ChildProcess running() {
		if (this.process == null || !this.process.isAlive()) {
			throw new IllegalStateException(name() + " does not run");
		}
		return this.process;
	}

	private PartException interrupted(String action, InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new PartException(String.format(Locale.ROOT, "Interrupted during %s of %s", action, name()), ex);
	}

}
