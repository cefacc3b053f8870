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

import com.foobar.local.process.PartException;
import com.foobar.local.process.ProcessRecords;

/**
 * What other commands, and a later run, know of a stack: who supervises it, which
 * processes it has, at which ports they serve.
 *
 * <p>
 * A supervisor holds a lock for its whole life, which the operating system takes back
 * however it ends. The records outlive it.
 */
public final class StackState {

	private static final String SUPERVISOR = "supervisor";

	// A web-app serves for a while after it was asked to stop, then ends its requests.
	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final Path directory;

	private final ProcessRecords records;

	public StackState(Layout layout) {
		this.directory = layout.run();
		this.records = new ProcessRecords(layout.run());
	}

	/**
	 * A part as it was when the stack was started.
	 *
	 * @param health the URL that answers 200 when it is ready; empty for a database
	 */
	public record KnownPart(String name, int port, Optional<String> health) {
	}

	public ProcessRecords records() {
		return this.records;
	}

	/**
	 * Becomes the supervisor, if there is none.
	 * @return the lock to hold, or nothing if another one holds it
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
	 * The process that supervises the stack now. Its record alone is no proof: a process
	 * that was killed is listed until its parent has heard of it.
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
			throw new PartException(String.format(Locale.ROOT, "%s cannot be written: %s", this.directory, ex), ex);
		}
	}

	private static void close(FileChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new PartException("A lock cannot be given back: " + ex, ex);
		}
	}

	/**
	 * Remembers the parts, in the order in which they are to be stopped.
	 */
	public void remember(List<KnownPart> parts) {
		Properties properties = new Properties();
		properties.setProperty("parts", String.join(",", parts.stream().map(KnownPart::name).toList()));
		for (KnownPart part : parts) {
			properties.setProperty(part.name() + ".port", Integer.toString(part.port()));
			part.health().ifPresent((health) -> properties.setProperty(part.name() + ".health", health));
		}
		try {
			Files.createDirectories(this.directory);
			try (Writer writer = Files.newBufferedWriter(file())) {
				properties.store(writer, null);
			}
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s cannot be written: %s", file(), ex), ex);
		}
	}

	/**
	 * The parts of the last start; none if there was no start.
	 */
	public List<KnownPart> parts() {
		Properties properties = new Properties();
		if (!Files.exists(file())) {
			return List.of();
		}
		try (Reader reader = Files.newBufferedReader(file())) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s cannot be read: %s", file(), ex), ex);
		}
		List<KnownPart> parts = new ArrayList<>();
		for (String name : properties.getProperty("parts", "").split(",", -1)) {
			if (!name.isEmpty()) {
				parts.add(new KnownPart(name, Integer.parseInt(properties.getProperty(name + ".port", "0")),
						Optional.ofNullable(properties.getProperty(name + ".health"))));
			}
		}
		return parts;
	}

	/**
	 * Ends what a supervisor that was killed has left behind, in order.
	 * @return the names of the parts that still ran
	 */
	public List<String> endLeftovers(Progress progress) {
		List<String> ended = new ArrayList<>();
		for (KnownPart part : parts()) {
			if (this.records.running(part.name()).isPresent()) {
				progress.report("stopping " + part.name() + ", left behind by an earlier run");
			}
			if (this.records.end(part.name(), PATIENCE)) {
				ended.add(part.name());
			}
		}
		return ended;
	}

	private Path file() {
		return this.directory.resolve("stack.properties");
	}

}
