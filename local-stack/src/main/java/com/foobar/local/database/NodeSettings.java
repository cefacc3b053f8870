package com.foobar.local.database;

import java.nio.file.Path;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The settings of one database server.
 *
 * @param name its name, such as {@code mariadb-primary}
 * @param distribution the binaries
 * @param directory its own directory
 * @param log the file its messages are appended to
 * @param port the port it listens on, on the loopback interface only
 * @param serverId unique among the nodes, from 1
 * @param readOnly whether only administrators and replication may write
 * @param durable whether each commit is forced to the disk; without it a commit survives
 * the death of the server, not that of the operating system
 * @param tls its certificate; {@code null} for unencrypted connections
 * @param credentials the passwords
 * @param listener receives each child process
 */
record NodeSettings(String name, Distribution distribution, Path directory, Path log, int port, int serverId,
		boolean readOnly, boolean durable, @Nullable ServerTls tls, Credentials credentials,
		BiConsumer<String, ProcessHandle> listener) {

	Path data() {
		return this.directory.resolve("data");
	}

	Path configuration() {
		return this.directory.resolve("my.cnf");
	}

	/**
	 * The JDBC URL of the application's database, without credentials.
	 */
	String jdbcUrl() {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/foobar" + transport();
	}

	/**
	 * The JDBC URL of the server, with no database selected and bounded waits.
	 */
	String administrationUrl() {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/" + transport() + "&connectTimeout=2000&socketTimeout=20000";
	}

	private String transport() {
		return "?" + ((this.tls != null) ? ServerTls.urlParameters(this.tls.trustStore()) : "sslMode=DISABLED");
	}

}
