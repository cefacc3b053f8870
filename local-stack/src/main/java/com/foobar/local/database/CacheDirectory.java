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
		Path home = Path.of(System.getProperty("user.home"));
		if (os.contains("windows")) {
			return environment("LOCALAPPDATA", home.resolve("AppData/Local")).resolve("foobar/Cache");
		}
		if (os.contains("mac")) {
			return home.resolve("Library/Caches/foobar");
		}
		return environment("XDG_CACHE_HOME", home.resolve(".cache")).resolve("foobar");
	}

	private static Path environment(String name, Path otherwise) {
		@Nullable String value = System.getenv(name);
		return (value == null || value.isBlank()) ? otherwise : Path.of(value);
	}

}
