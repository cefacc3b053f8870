package com.foobar.local.database;

import java.nio.file.Path;
import java.util.StringJoiner;

import com.foobar.local.process.ChildProcess;

/**
 * The option file of one server: little memory, otherwise the settings of a replicated
 * production server.
 */
final class ServerConfiguration {

	private ServerConfiguration() {
	}

	static String of(NodeSettings node) {
		StringJoiner lines = new StringJoiner("\n", "", "\n");
		lines.add("# Written at each start of " + node.name() + ": changes are lost.");
		lines.add("[mariadbd]");
		paths(node, lines);
		network(node, lines);
		replication(node, lines);
		behaviour(lines);
		memory(lines);
		return lines.toString();
	}

	private static void paths(NodeSettings node, StringJoiner lines) {
		lines.add("basedir=" + path(node.distribution().home()));
		lines.add("lc-messages-dir=" + path(node.distribution().share()));
		lines.add("character-sets-dir=" + path(node.distribution().share().resolve("charsets")));
		lines.add("datadir=" + path(node.data()));
		lines.add("tmpdir=" + path(node.directory().resolve("tmp")));
		lines.add("pid-file=" + path(node.directory().resolve("pid")));
		if (isRoot()) {
			// The server refuses to run as root without this option.
			lines.add("user=root");
		}
	}

	private static void network(NodeSettings node, StringJoiner lines) {
		lines.add("port=" + node.port());
		lines.add("bind-address=127.0.0.1");
		// No socket file: its path must not exceed 107 characters, and it is not used.
		lines.add("socket=");
		lines.add("skip-name-resolve=ON");
		lines.add("max_connections=151");
		ServerTls tls = node.tls();
		if (tls == null) {
			// Otherwise a 4096-bit key is created at each start, which takes seconds.
			lines.add("skip-ssl");
		}
		else {
			lines.add("ssl-ca=" + path(tls.authority()));
			lines.add("ssl-cert=" + path(tls.certificate()));
			lines.add("ssl-key=" + path(tls.key()));
			lines.add("require-secure-transport=ON");
		}
	}

	private static void replication(NodeSettings node, StringJoiner lines) {
		lines.add("server-id=" + node.serverId());
		lines.add("report-host=" + node.name());
		lines.add("log-bin=binlog");
		lines.add("binlog-format=ROW");
		// Kept indefinitely: a replica whose data was removed replays them from the
		// first.
		lines.add("binlog-expire-logs-seconds=0");
		lines.add("max-binlog-size=64M");
		lines.add("log-slave-updates=ON");
		lines.add("gtid-domain-id=0");
		lines.add("gtid-strict-mode=ON");
		lines.add("relay-log=relay");
		lines.add("relay-log-recovery=ON");
		lines.add("slave-net-timeout=10");
		lines.add("master-retry-count=0");
		lines.add("read-only=" + (node.readOnly() ? "ON" : "OFF"));
		lines.add("sync-binlog=" + (node.durable() ? "1" : "0"));
		lines.add("innodb-flush-log-at-trx-commit=" + (node.durable() ? "1" : "2"));
		lines.add("session-track-system-variables=autocommit,character_set_client,character_set_connection,"
				+ "character_set_results,time_zone,last_gtid");
	}

	private static void behaviour(StringJoiner lines) {
		lines.add("character-set-server=utf8mb4");
		lines.add("default-time-zone=+00:00");
		// The default of MySQL, so that a statement that works here works there.
		lines.add("sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
				+ "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION");
		lines.add("local-infile=OFF");
		lines.add("loose-feedback=OFF");
	}

	private static void memory(StringJoiner lines) {
		lines.add("innodb-buffer-pool-size=64M");
		lines.add("innodb-log-file-size=32M");
		lines.add("innodb-undo-tablespaces=0");
		lines.add("key-buffer-size=1M");
		lines.add("aria-pagecache-buffer-size=8M");
		lines.add("table-open-cache=400");
		lines.add("performance-schema=OFF");
	}

	/**
	 * Backslashes are escapes in option files, on Windows as well.
	 */
	private static String path(Path path) {
		return '"' + path.toAbsolutePath().toString().replace('\\', '/') + '"';
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name")) && !ChildProcess.isWindows();
	}

}
