package com.foobar.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

import com.foobar.local.process.Directories;
import com.foobar.local.process.StackException;

/**
 * An application's jar, extracted, and an archive of the classes that its start loads
 * (class data sharing). A start from it takes less than half the processor time. It is
 * kept beside the jar, under a name that changes with the jar's path and content and with
 * the JVM, so what is found there fits.
 *
 * @param jar the extracted jar
 * @param classes the archive
 */
record StartupArchive(Path jar, Path classes) {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	/**
	 * Finds the archive of a jar.
	 * @return empty if none was recorded for this content and this JVM
	 */
	static Optional<StartupArchive> find(Path jar) {
		return Optional.of(of(jar)).filter((archive) -> Files.exists(archive.classes));
	}

	/**
	 * Records the archive of a jar in a start that ends before anything is served, and
	 * deletes those of former contents. Does nothing if it was recorded.
	 * @param jar the executable jar
	 * @param options options of the JVM
	 * @param arguments arguments of the application
	 * @throws StackException if the start fails; its output is that of this process
	 */
	static void record(Path jar, List<String> options, List<String> arguments) {
		StartupArchive archive = of(jar);
		if (Files.exists(archive.classes)) {
			return;
		}
		Path directory = Objects.requireNonNull(archive.jar.getParent());
		try {
			Directories.delete(Objects.requireNonNull(directory.getParent()));
			Files.createDirectories(directory);
			run(List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination",
					directory.toString()));
			Path incomplete = directory.resolve("classes.new");
			List<String> training = new ArrayList<>(List.of(java()));
			training.addAll(options);
			training.addAll(List.of("-XX:ArchiveClassesAtExit=" + incomplete, "-Xlog:disable", "-Xlog:all=error:stderr",
					"-Dspring.context.exit=onRefresh", "-jar", archive.jar.toString()));
			training.addAll(arguments);
			run(training);
			Files.move(incomplete, archive.classes, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written: %s", directory, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted", ex);
		}
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * The option of the JVM that starts from this archive. It ignores an archive that it
	 * cannot use.
	 */
	String option() {
		return "-XX:SharedArchiveFile=" + this.classes;
	}

	private static StartupArchive of(Path jar) {
		Path directory = jar.resolveSibling("startup").resolve(fingerprint(jar));
		return new StartupArchive(directory.resolve(jar.getFileName()), directory.resolve("classes.jsa"));
	}

	/**
	 * Identifies the JVM and the jar's content, by the checksums in the jar's directory.
	 */
	private static String fingerprint(Path jar) {
		CRC32 content = new CRC32();
		content.update((jar + " " + java() + " " + Runtime.version()).getBytes(StandardCharsets.UTF_8));
		try (ZipFile zip = new ZipFile(jar.toFile()); Stream<? extends java.util.zip.ZipEntry> entries = zip.stream()) {
			entries.forEach((entry) -> content
				.update((entry.getName() + ' ' + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be read as a jar: %s", jar, ex);
		}
		return HexFormat.of().toHexDigits((int) content.getValue());
	}

	private static void run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).inheritIO().start();
		try {
			if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw StackException.of("%s did not end within %d s", command, TIMEOUT.toSeconds());
			}
			if (process.exitValue() != 0) {
				throw StackException.of("%s ended with %d", command, process.exitValue());
			}
		}
		finally {
			process.destroyForcibly();
		}
	}

}
