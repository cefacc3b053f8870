package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.local.process.StackException;

/**
 * An unpacked or installed MariaDB server.
 *
 * @param home its base directory
 * @param server the server's executable
 * @param share the directory with the error messages and the SQL of the system tables
 */
public record Distribution(Path home, Path server, Path share) {

	/** The version of the published binaries. */
	public static final String VERSION = "11.4.5";

	private static final List<String> SERVERS = List.of("bin/mariadbd", "sbin/mariadbd", "libexec/mariadbd",
			"bin/mariadbd.exe", "bin/mysqld.exe");

	private static final List<String> SHARES = List.of("share", "share/mysql", "share/mariadb", "scripts");

	static final String SYSTEM_TABLES = "mariadb_system_tables.sql";

	/**
	 * Finds the server that is installed in a directory, such as {@code /usr} or an
	 * unpacked archive.
	 * @throws StackException if there is none
	 */
	public static Distribution installedIn(Path home) {
		Path server = first(home, SERVERS.stream(), "");
		Path share = first(home, SHARES.stream(), SYSTEM_TABLES);
		return new Distribution(home, server, share);
	}

	/**
	 * Unpacks the published binaries from the class path, once per user and version.
	 * @throws StackException if there are none for this platform
	 */
	public static Distribution unpacked() {
		return new BinaryCache(Platform.current()).distribution();
	}

	private static Path first(Path home, Stream<String> candidates, String file) {
		List<Path> paths = candidates.map(home::resolve).toList();
		return paths.stream()
			.filter((path) -> Files.isRegularFile(file.isEmpty() ? path : path.resolve(file)))
			.findFirst()
			.orElseThrow(() -> StackException.of(
					"%s holds no MariaDB server: checked for %s%s. Expected the directory of an installed MariaDB 11.4.",
					home, file.isEmpty() ? "" : file + " in ", paths));
	}

	/**
	 * Runs the server's {@code --version}, which also checks its libraries.
	 * @throws StackException if it does not run, with what it wrote
	 */
	public String version() {
		try {
			Process process = new ProcessBuilder(this.server.toString(), "--no-defaults", "--version")
				.redirectErrorStream(true)
				.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
				.strip();
			if (process.waitFor() == 0) {
				return output;
			}
			throw StackException.of("The database server does not run here: %s. Install what it names "
					+ "(on Debian libcrypt1 and libsystemd0, on Fedora libxcrypt-compat), or use `docker compose up`.",
					output);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "The database server %s does not run here: %s. Use `docker compose up`, or an "
					+ "installed MariaDB with --mariadb-home.", this.server, ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted while the database server printed its version", ex);
		}
	}

}
