package com.foobar.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.foobar.local.process.ProcessRecords;
import com.foobar.local.process.StackException;

/**
 * The state of a stack that other commands and a later run read: its supervisor, its
 * processes and their ports.
 *
 * <p>
 * A supervisor holds a lock while it runs; the operating system releases it however the
 * supervisor ends. The records remain.
 */
public final class StackState {

	private static final String SUPERVISOR = "supervisor";

	// A web-app still serves for the shutdown delay, then finishes its requests.
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

	private final Path directory;

	private final ProcessRecords records;

	public StackState(Layout layout) {
		this.directory = layout.run();
		this.records = new ProcessRecords(layout.run());
	}

	/**
	 * One process of the stack, as the stack was started.
	 *
	 * @param health the URL that responds with 200 when it is ready; empty for a database
	 */
	public record Component(String name, int port, Optional<String> health) {

		/**
		 * The components of a stack, in the order in which they are stopped.
		 */
		public static List<Component> of(Ports ports) {
			List<Component> components = new ArrayList<>();
			components.add(new Component("gateway", ports.https(),
					Optional.of("http://127.0.0.1:" + ports.management() + "/actuator/health")));
			for (int index = 0; index < ports.webApps().size(); index++) {
				int port = ports.webApps().get(index);
				components.add(new Component("web-app-" + (index + 1), port,
						Optional.of("http://127.0.0.1:" + port + "/readyz")));
			}
			for (int index = 1; index < ports.databases().size(); index++) {
				components
					.add(new Component("mariadb-replica-" + index, ports.databases().get(index), Optional.empty()));
			}
			components.add(new Component("mariadb-primary", ports.databases().get(0), Optional.empty()));
			return components;
		}

	}

	public ProcessRecords records() {
		return this.records;
	}

	/**
	 * Makes this process the supervisor, if there is none.
	 * @return the lock to hold; empty if another process holds it
	 */
	public Optional<AutoCloseable> supervise() {
		Optional<FileChannel> lock = lock();
		lock.ifPresent((held) -> this.records.started(SUPERVISOR, ProcessHandle.current()));
		return lock.map((held) -> () -> {
			this.records.forget(SUPERVISOR);
			held.close();
		});
	}

	/**
	 * The process that supervises the stack now. Its record alone proves nothing: a
	 * killed process is listed until its parent has reaped it.
	 */
	public Optional<ProcessHandle> supervisor() {
		if (!Files.exists(this.directory)) {
			return Optional.empty();
		}
		try (FileChannel lock = lock().orElse(null)) {
			return (lock != null) ? Optional.empty() : this.records.running(SUPERVISOR);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "A lock in %s cannot be released: %s", this.directory, ex);
		}
	}

	private Optional<FileChannel> lock() {
		try {
			Files.createDirectories(this.directory);
			FileChannel channel = FileChannel.open(this.directory.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (channel.tryLock() != null) {
				return Optional.of(channel);
			}
			channel.close();
			return Optional.empty();
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written: %s", this.directory, ex);
		}
	}

	/**
	 * Records the components, in the order in which they are to be stopped: one line each
	 * with name, port and health URL.
	 */
	public void record(List<Component> components) {
		List<String> lines = components.stream()
			.map((component) -> component.name() + " " + component.port() + " " + component.health().orElse(""))
			.toList();
		try {
			Files.createDirectories(this.directory);
			Files.write(file(), lines);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written: %s", file(), ex);
		}
	}

	/**
	 * The components of the last start; none if there was no start.
	 */
	public List<Component> components() {
		try {
			return Files.readAllLines(file()).stream().map(StackState::component).toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be read: %s", file(), ex);
		}
	}

	private static Component component(String line) {
		String[] fields = line.split(" ", 3);
		return new Component(fields[0], Integer.parseInt(fields[1]),
				Optional.of(fields[2]).filter((health) -> !health.isEmpty()));
	}

	/**
	 * Ends, in order, the processes that a killed supervisor has left behind.
	 * @return the names of those that still ran
	 */
	public List<String> endLeftovers(Consumer<String> progress) {
		List<String> ended = new ArrayList<>();
		for (Component component : components()) {
			if (this.records.running(component.name()).isPresent()) {
				progress.accept("stopping " + component.name() + ", left behind by an earlier run");
			}
			if (this.records.end(component.name(), STOP_TIMEOUT)) {
				ended.add(component.name());
			}
		}
		return ended;
	}

	private Path file() {
		return this.directory.resolve("components");
	}

}
