package com.foobar.local.database;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Where a user's caches are kept on this operating system; the system property
 * {@code foobar.cache} names another place.
 */
final class CacheDirectory {

	private CacheDirectory() {
	}

	static Path path() {
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
	 * A user without an entry in the list of users, as in a container, has "?" for a home
	 * in Java. A directory that all users share is no way out: programs are run from it.
	 */
	private static Path home() {
		Path home = Path.of(System.getProperty("user.home"));
		Path otherwise = environment("HOME", home);
		if (!home.isAbsolute() && !otherwise.isAbsolute()) {
			throw new DatabaseException(
					String.format(Locale.ROOT, "The user %s has no home directory to unpack the database server into. ",
							System.getProperty("user.name")) + "Name another place with -Dfoobar.cache=DIRECTORY");
		}
		return home.isAbsolute() ? home : otherwise;
	}

	private static Path environment(String name, Path otherwise) {
		@Nullable String value = System.getenv(name);
		return (value == null || value.isBlank()) ? otherwise : Path.of(value);
	}

}
