package com.foobar.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
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
		Optional<FileChannel> lock = lock();
		if (lock.isEmpty()) {
			return this.records.running(SUPERVISOR);
		}
		close(lock.get());
		return Optional.empty();
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
			throw new StackException(String.format(Locale.ROOT, "%s cannot be written: %s", this.directory, ex), ex);
		}
	}

	private static void close(FileChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new StackException("A lock cannot be released: " + ex, ex);
		}
	}

	/**
	 * Records the components, in the order in which they are to be stopped.
	 */
	public void record(List<Component> components) {
		Properties properties = new Properties();
		properties.setProperty("components", String.join(",", components.stream().map(Component::name).toList()));
		for (Component component : components) {
			properties.setProperty(component.name() + ".port", Integer.toString(component.port()));
			component.health().ifPresent((health) -> properties.setProperty(component.name() + ".health", health));
		}
		try {
			Files.createDirectories(this.directory);
			try (Writer writer = Files.newBufferedWriter(file())) {
				properties.store(writer, null);
			}
		}
		catch (IOException ex) {
			throw new StackException(String.format(Locale.ROOT, "%s cannot be written: %s", file(), ex), ex);
		}
	}

	/**
	 * The components of the last start; none if there was no start.
	 */
	public List<Component> components() {
		Properties properties = new Properties();
		if (!Files.exists(file())) {
			return List.of();
		}
		try (Reader reader = Files.newBufferedReader(file())) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new StackException(String.format(Locale.ROOT, "%s cannot be read: %s", file(), ex), ex);
		}
		List<Component> components = new ArrayList<>();
		for (String name : properties.getProperty("components", "").split(",", -1)) {
			if (!name.isEmpty()) {
				components.add(new Component(name, Integer.parseInt(properties.getProperty(name + ".port", "0")),
						Optional.ofNullable(properties.getProperty(name + ".health"))));
			}
		}
		return components;
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
		return this.directory.resolve("stack.properties");
	}

}
