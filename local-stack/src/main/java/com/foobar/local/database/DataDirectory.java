package com.foobar.local.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.foobar.local.process.Directories;
import com.foobar.local.process.LogTail;
import com.foobar.local.process.StackException;

/**
 * Creates the data directory of a new server: the system tables, and an administrator
 * account that may connect only from this machine.
 *
 * <p>
 * Replaces the installation script of the distribution, which needs a shell that Windows
 * does not have. The help texts and the {@code sys} schema are omitted.
 */
final class DataDirectory {

	private static final String COMPLETE = "complete";

	private static final long EVERYTHING = -1L;

	private final NodeSettings node;

	DataDirectory(NodeSettings node) {
		this.node = node;
	}

	/**
	 * Creates it unless it exists. An incomplete one is created again.
	 */
	void ensure() throws IOException, InterruptedException {
		Path marker = this.node.directory().resolve(COMPLETE);
		if (Files.exists(marker)) {
			return;
		}
		Directories.delete(this.node.data());
		Directories.createPrivate(this.node.data());
		Process process = new ProcessBuilder(this.node.distribution().server().toString(),
				"--defaults-file=" + this.node.configuration(), "--bootstrap", "--skip-log-bin")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.node.log().toFile()))
			.start();
		try {
			try (OutputStream sql = process.getOutputStream()) {
				writeSystemTables(sql);
			}
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new StackException(failure());
			}
		}
		catch (IOException ex) {
			throw new StackException(failure(), ex);
		}
		finally {
			process.destroyForcibly();
		}
		Files.createFile(marker);
	}

	private void writeSystemTables(OutputStream sql) throws IOException {
		// The bootstrap reader ends a statement at a semicolon that ends a line.
		sql.write("CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\n".getBytes(StandardCharsets.UTF_8));
		for (String file : List.of(Distribution.SYSTEM_TABLES, "mariadb_performance_tables.sql",
				"mariadb_system_tables_data.sql")) {
			Files.copy(this.node.distribution().share().resolve(file), sql);
			sql.write('\n');
		}
		sql.write(String
			.format(Locale.ROOT, """
					DELETE FROM global_priv;
					DELETE FROM proxies_priv;
					INSERT INTO global_priv VALUES ('127.0.0.1', '%s', JSON_OBJECT('access', %s, \
					'plugin', 'mysql_native_password', 'authentication_string', '%s'));
					""", Account.ROOT.username(), Long.toUnsignedString(EVERYTHING),
					passwordHash(this.node.credentials().password(Account.ROOT)))
			.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The hash that the server stores (mysql_native_password), so that no statement that
	 * it might quote in its log holds the password.
	 */
	private static String passwordHash(String password) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-1");
			byte[] once = digest.digest(password.getBytes(StandardCharsets.UTF_8));
			return "*" + HexFormat.of().withUpperCase().formatHex(digest.digest(once));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex); // SHA-1 is mandatory in every JDK
		}
	}

	private String failure() {
		return String.format(Locale.ROOT, "The system tables of %s could not be created in %s: %s", this.node.name(),
				this.node.data(), LogTail.of(this.node.log()));
	}

}
