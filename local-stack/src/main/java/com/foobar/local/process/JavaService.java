package com.foobar.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A Java application as a child process. It is ready when its health URL responds with
 * 200.
 */
public final class JavaService extends ManagedProcess {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	// An application finishes its requests before it ends.
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

	private final List<String> command;

	private final Path directory;

	private final URI health;

	/**
	 * Creates a service that does not run yet.
	 * @param name its name
	 * @param port the port it listens on
	 * @param health responds with 200 when it is ready
	 * @param command the command line; every user of the machine can read it, so it holds
	 * no password
	 * @param directory the working directory
	 * @param log the file its output is appended to
	 * @param listener receives each child process
	 */
	public JavaService(String name, int port, URI health, List<String> command, Path directory, Path log,
			BiConsumer<String, ProcessHandle> listener) {
		super(name, port, log, START_TIMEOUT, STOP_TIMEOUT, listener);
		this.command = List.copyOf(command);
		this.directory = directory;
		this.health = health;
	}

	@Override
	protected ChildProcess launch() throws IOException {
		return ChildProcess.start(this.command, this.directory, log());
	}

	@Override
	protected Optional<String> probe() {
		return isReady(this.health) ? Optional.empty() : Optional.of(this.health.toString());
	}

	/**
	 * Whether a health URL responds with 200 within two seconds.
	 */
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

}
