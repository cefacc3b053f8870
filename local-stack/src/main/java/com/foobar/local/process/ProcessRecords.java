package com.foobar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Records the process id of each component in a file of its own, with the time of its
 * start: the system reuses process ids.
 */
public final class ProcessRecords {

	// The system reports the start in ticks since the boot of the machine, which yields a
	// slightly different instant each time.
	private static final Duration TOLERANCE = Duration.ofSeconds(3);

	private final Path directory;

	public ProcessRecords(Path directory) {
		this.directory = directory;
	}

	public void started(String name, ProcessHandle process) {
		Path file = file(name);
		Path temporary = this.directory.resolve("." + name + ".new");
		try {
			Files.createDirectories(this.directory);
			Files.writeString(temporary,
					process.pid() + " " + process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L) + "\n");
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written: %s", file, ex);
		}
	}

	/**
	 * The process that was recorded under a name, if it still runs.
	 */
	public Optional<ProcessHandle> running(String name) {
		try {
			String[] record = Files.readString(file(name)).strip().split(" ", 2);
			long start = Long.parseLong(record[1]);
			return ProcessHandle.of(Long.parseLong(record[0]))
				.filter(ProcessHandle::isAlive)
				.filter((process) -> isSame(process, start));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException ex) {
			throw StackException.of(ex,
					"%s cannot be read: %s. Check whether %s still runs, end it, and remove the file.", file(name), ex,
					name);
		}
	}

	/**
	 * Ends the recorded process: requests a stop, and kills it after the timeout.
	 * @return whether it ran
	 */
	public boolean end(String name, Duration timeout) {
		Optional<ProcessHandle> running = running(name);
		running.ifPresent((process) -> {
			CompletableFuture<ProcessHandle> end = process.onExit();
			process.destroy();
			if (!await(end, timeout)) {
				process.destroyForcibly();
				if (!await(end, Duration.ofSeconds(10))) {
					throw StackException.of("%s (process %d) does not end", name, process.pid());
				}
			}
		});
		forget(name);
		return running.isPresent();
	}

	public void forget(String name) {
		try {
			Files.deleteIfExists(file(name));
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be removed: %s", file(name), ex);
		}
	}

	private Path file(String name) {
		return this.directory.resolve(name + ".pid");
	}

	private static boolean isSame(ProcessHandle process, long start) {
		Optional<Instant> actual = process.info().startInstant();
		return actual.isEmpty() || start < 0 || Math.abs(actual.get().toEpochMilli() - start) <= TOLERANCE.toMillis();
	}

	private static boolean await(CompletableFuture<ProcessHandle> end, Duration timeout) {
		try {
			end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted while a process was ending", ex);
		}
	}

}
