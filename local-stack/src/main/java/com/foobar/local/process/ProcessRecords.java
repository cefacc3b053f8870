package com.foobar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers, in one file per part, which process runs it: its number and the time of its
 * start, as a number alone is given to another process some day.
 */
public final class ProcessRecords implements ProcessListener {

	// The start is told in ticks since the start of the machine, and comes out a little
	// different each time.
	private static final Duration TOLERANCE = Duration.ofSeconds(3);

	private final Path directory;

	public ProcessRecords(Path directory) {
		this.directory = directory;
	}

	@Override
	public void started(String part, ProcessHandle process) {
		Path file = file(part);
		Path temporary = this.directory.resolve("." + part + ".new");
		try {
			Files.createDirectories(this.directory);
			Files.writeString(temporary,
					process.pid() + " " + process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L) + "\n");
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s cannot be written: %s", file, ex), ex);
		}
	}

	/**
	 * The process that was recorded for a part, if it still runs.
	 */
	public Optional<ProcessHandle> running(String part) {
		try {
			String[] record = Files.readString(file(part)).strip().split(" ", 2);
			long start = Long.parseLong(record[1]);
			return ProcessHandle.of(Long.parseLong(record[0]))
				.filter(ProcessHandle::isAlive)
				.filter((process) -> isSame(process, start));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException ex) {
			throw new PartException(String.format(Locale.ROOT,
					"%s cannot be read: %s. See whether %s still runs, end it, and remove the file.", file(part), ex,
					part), ex);
		}
	}

	/**
	 * Ends the recorded process of a part: asks it, and ends it when it has not after the
	 * given time.
	 * @return whether there was one
	 */
	public boolean end(String part, Duration patience) {
		Optional<ProcessHandle> running = running(part);
		running.ifPresent((process) -> {
			CompletableFuture<ProcessHandle> end = process.onExit();
			process.destroy();
			if (!await(end, patience)) {
				process.destroyForcibly();
				if (!await(end, Duration.ofSeconds(10))) {
					throw new PartException(
							String.format(Locale.ROOT, "%s (process %d) does not end", part, process.pid()));
				}
			}
		});
		forget(part);
		return running.isPresent();
	}

	public void forget(String part) {
		try {
			Files.deleteIfExists(file(part));
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s cannot be removed: %s", file(part), ex), ex);
		}
	}

	private Path file(String part) {
		return this.directory.resolve(part + ".pid");
	}

	private static boolean isSame(ProcessHandle process, long start) {
		Optional<Instant> actual = process.info().startInstant();
		return actual.isEmpty() || start < 0 || Math.abs(actual.get().toEpochMilli() - start) <= TOLERANCE.toMillis();
	}

	private static boolean await(CompletableFuture<ProcessHandle> end, Duration patience) {
		try {
			end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PartException("Interrupted while a process was to end", ex);
		}
	}

}
