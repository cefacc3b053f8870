package com.foobar.local.database;

import java.nio.file.Path;
import java.util.Locale;

import com.foobar.local.process.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * The option file of one server: little memory, otherwise the settings of a replicated
 * production server.
 */
final class ServerConfiguration {

	private static final String FIXED = """
			bind-address=127.0.0.1
			# No socket file: its path must not exceed 107 characters, and it is not used.
			socket=
			skip-name-resolve=ON
			max_connections=151

			log-bin=binlog
			binlog-format=ROW
			# Kept indefinitely: a replica whose data was removed replays them from the first.
			binlog-expire-logs-seconds=0
			max-binlog-size=64M
			log-slave-updates=ON
			gtid-domain-id=0
			gtid-strict-mode=ON
			relay-log=relay
			relay-log-recovery=ON
			slave-net-timeout=10
			master-retry-count=0
			session-track-system-variables=autocommit,character_set_client,character_set_connection,\
			character_set_results,time_zone,last_gtid

			character-set-server=utf8mb4
			default-time-zone=+00:00
			# The default of MySQL, so that a statement that works here works there.
			sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,\
			ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
			local-infile=OFF
			loose-feedback=OFF

			innodb-buffer-pool-size=64M
			innodb-log-file-size=32M
			innodb-undo-tablespaces=0
			key-buffer-size=1M
			aria-pagecache-buffer-size=8M
			table-open-cache=400
			performance-schema=OFF
			""";

	private ServerConfiguration() {
	}

	static String of(NodeSettings node) {
		return String.format(Locale.ROOT, """
				# Written at each start of %s: changes are lost.
				[mariadbd]
				basedir=%s
				lc-messages-dir=%s
				character-sets-dir=%s
				datadir=%s
				tmpdir=%s
				pid-file=%s
				port=%d
				server-id=%d
				report-host=%1$s
				read-only=%s
				sync-binlog=%s
				innodb-flush-log-at-trx-commit=%s
				""", node.name(), path(node.distribution().home()), path(node.distribution().share()),
				path(node.distribution().share().resolve("charsets")), path(node.data()),
				path(node.directory().resolve("tmp")), path(node.directory().resolve("pid")), node.port(),
				node.serverId(), node.readOnly() ? "ON" : "OFF", node.durable() ? "1" : "0", node.durable() ? "1" : "2")
				+ user() + encryption(node.tls()) + FIXED;
	}

	/** The server refuses to run as root without this option. */
	private static String user() {
		return ("root".equals(System.getProperty("user.name")) && !ChildProcess.isWindows()) ? "user=root\n" : "";
	}

	private static String encryption(@Nullable ServerTls tls) {
		if (tls == null) {
			// Otherwise a 4096-bit key is created at each start, which takes seconds.
			return "skip-ssl\n";
		}
		return String.format(Locale.ROOT, """
				ssl-ca=%s
				ssl-cert=%s
				ssl-key=%s
				require-secure-transport=ON
				""", path(tls.authority()), path(tls.certificate()), path(tls.key()));
	}

	/**
	 * Backslashes are escapes in option files, on Windows as well.
	 */
	private static String path(Path path) {
		return '"' + path.toAbsolutePath().toString().replace('\\', '/') + '"';
	}

}
