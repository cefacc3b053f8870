package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * MySQL 9.7, a primary and its replica, with the settings of the deployment. All
 * contenders share the two, one at a time. A contender with one database gets the primary
 * alone: the replica is suspended meanwhile.
 */
final class Databases implements AutoCloseable {

	private static final String PARAMETERS = "?sslMode=REQUIRED";

	private static final int MEMBERS = 20;

	private final Node primaryNode;

	private final Node replicaNode;

	private final int port;

	private final Secrets secrets;

	private final int notices;

	Databases(Path directory, int port, Secrets secrets, int notices) {
		this.port = port;
		this.secrets = secrets;
		this.notices = notices;
		this.primaryNode = node(Role.PRIMARY, directory, port);
		this.replicaNode = node(Role.REPLICA, directory, port + 1);
	}

	private Node node(Role role, Path directory, int nodePort) {
		String name = "foobar-stack-" + nodePort;
		List<String> arguments = new ArrayList<>(List.of("--env", "MYSQL_ROOT_PASSWORD=" + this.secrets.root(),
				"mysql:9.7", "--port=" + nodePort, "--bind-address=127.0.0.1", "--mysqlx=OFF",
				"--server-id=" + nodePort, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
				"--session-track-gtids=OWN_GTID", "--sync-binlog=1", "--innodb-flush-log-at-trx-commit=1",
				"--innodb-buffer-pool-size=192M", "--innodb-redo-log-capacity=128M", "--table-open-cache=800",
				"--table-definition-cache=600", "--max-connections=1000", "--skip-name-resolve=ON"));
		return Node.container(role, name, arguments, directory.resolve(name + ".log"));
	}

	void start() throws SQLException, IOException {
		this.primaryNode.start();
		this.replicaNode.start();
		try (Connection primary = await(this.primaryNode, this.port)) {
			execute(primary, "CREATE DATABASE foobar", account("foobar_app", this.secrets.application()),
					"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO foobar_app",
					// ShardingSphere reads all variables and the system tables.
					"GRANT SELECT ON performance_schema.* TO foobar_app",
					account("foobar_monitor", this.secrets.monitor()),
					"GRANT REPLICATION CLIENT ON *.* TO foobar_monitor",
					"GRANT SELECT ON performance_schema.* TO foobar_monitor",
					account("foobar_replication", this.secrets.replication()),
					"GRANT REPLICATION SLAVE ON *.* TO foobar_replication");
			fill(primary);
		}
		try (Connection replica = await(this.replicaNode, this.port + 1)) {
			execute(replica, "RESET BINARY LOGS AND GTIDS",
					"CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=" + this.port
							+ ", SOURCE_USER='foobar_replication', SOURCE_PASSWORD='" + this.secrets.replication()
							+ "', SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, SOURCE_RETRY_COUNT=0, SOURCE_CONNECT_RETRY=1",
					"START REPLICA", "SET GLOBAL super_read_only=ON");
		}
		awaitCaughtUp();
	}

	private static String account(String name, String password) {
		return "CREATE USER " + name + " IDENTIFIED BY '" + password + "' REQUIRE SSL";
	}

	/** The site's own schema, with members and notices that are the same in every run. */
	private void fill(Connection primary) throws SQLException, IOException {
		execute(primary, "USE foobar");
		try (Stream<Path> files = Files.list(Path.of("web-app/src/main/resources/db/migration"))) {
			for (Path file : files.sorted().toList()) {
				execute(primary, Files.readString(file).replaceAll("(?m)^--.*$", "").split(";\\s*(?=\\n|$)"));
			}
		}
		try (PreparedStatement member = primary
			.prepareStatement("INSERT INTO members (name, email, password_hash, created_at) VALUES (?, ?, '', ?)")) {
			for (int i = 1; i <= MEMBERS; i++) {
				member.setString(1, "Member " + i);
				member.setString(2, "member-" + i + "@foobar.invalid");
				member.setObject(3, LocalDateTime.of(2026, 1, i, 12, 0));
				member.execute();
			}
		}
		primary.setAutoCommit(false);
		try (PreparedStatement notice = primary
			.prepareStatement("INSERT INTO notices (author_id, title, body, created_at) VALUES (?, ?, ?, ?)")) {
			for (int i = 1; i <= this.notices; i++) {
				notice.setLong(1, i % MEMBERS + 1);
				notice.setString(2, "Notice " + i + ": ladder, eight metres");
				notice.setString(3, "Anybody may borrow it. It hangs behind the house with the blue door. "
						+ "Please bring it back with the same number of rungs. ".repeat(i % 5));
				notice.setObject(4, LocalDateTime.of(2026, 2, 1, 12, 0).plusMinutes(i));
				notice.execute();
			}
		}
		primary.commit();
		primary.setAutoCommit(true);
		execute(primary, "CREATE DATABASE seed", "CREATE TABLE seed.notices AS SELECT * FROM foobar.notices");
	}

	/**
	 * Restores the notices, so that each turn begins with the same rows.
	 * @param replicaToo whether the contender reads from the replica
	 */
	void prepare(boolean replicaToo) throws SQLException {
		try (Connection primary = administer(this.port)) {
			restore(primary);
		}
		if (replicaToo) {
			this.replicaNode.resume();
			awaitCaughtUp();
		}
		else {
			this.replicaNode.suspend();
		}
	}

	/** An insert of the load before may still arrive between the two statements. */
	private static void restore(Connection primary) throws SQLException {
		for (int attempt = 1;; attempt++) {
			try {
				execute(primary, "TRUNCATE TABLE foobar.notices",
						"INSERT INTO foobar.notices SELECT * FROM seed.notices", "ANALYZE TABLE foobar.notices");
				return;
			}
			catch (SQLIntegrityConstraintViolationException ex) {
				if (attempt == 20) {
					throw ex;
				}
				Shell.pause(500);
			}
		}
	}

	/**
	 * Lets the replica lag.
	 * @param seconds 0 for not at all
	 */
	void delay(int seconds) throws SQLException {
		try (Connection replica = administer(this.port + 1)) {
			execute(replica, "STOP REPLICA SQL_THREAD", "CHANGE REPLICATION SOURCE TO SOURCE_DELAY=" + seconds,
					"START REPLICA SQL_THREAD");
		}
	}

	void awaitCaughtUp() throws SQLException {
		String executed;
		try (Connection primary = administer(this.port)) {
			executed = single(primary, "SELECT @@global.gtid_executed");
		}
		try (Connection replica = administer(this.port + 1)) {
			if (!single(replica, "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed + "', 120)").equals("0")) {
				throw new IllegalStateException("The replica has not caught up within two minutes");
			}
		}
	}

	/** The statements of the applications so far, on primary or replica. */
	double statements(Role role) throws SQLException {
		try (Connection connection = administer((role == Role.PRIMARY) ? this.port : this.port + 1)) {
			return Double.parseDouble(
					single(connection, "SELECT COALESCE(SUM(variable_value), 0) FROM performance_schema.status_by_user"
							+ " WHERE user = 'foobar_app' AND variable_name = 'Questions'"));
		}
	}

	/** The servers that a contender uses. */
	List<Node> nodes(boolean replicaToo) {
		return replicaToo ? List.of(this.primaryNode, this.replicaNode) : List.of(this.primaryNode);
	}

	String primaryUrl() {
		return url(this.port);
	}

	String replicaUrl() {
		return url(this.port + 1);
	}

	private static String url(int nodePort) {
		return "jdbc:mysql://127.0.0.1:" + nodePort + "/foobar" + PARAMETERS;
	}

	String version() throws SQLException {
		try (Connection primary = administer(this.port)) {
			return "MySQL " + primary.getMetaData().getDatabaseProductVersion();
		}
	}

	private Connection administer(int nodePort) throws SQLException {
		return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + nodePort + "/" + PARAMETERS, "root",
				this.secrets.root());
	}

	private Connection await(Node node, int nodePort) throws SQLException {
		for (int attempt = 0;; attempt++) {
			node.check();
			try {
				return administer(nodePort);
			}
			catch (SQLException ex) {
				if (attempt == 240) {
					throw ex;
				}
				Shell.pause(500);
			}
		}
	}

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				if (!sql.isBlank()) {
					statement.execute(sql);
				}
			}
		}
	}

	private static String single(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return String.format(Locale.ROOT, "%s", row.getString(1)).replace("\n", "");
		}
	}

	@Override
	public void close() {
		this.primaryNode.kill();
		this.replicaNode.kill();
	}

}
