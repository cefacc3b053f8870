package com.foobar.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import com.foobar.local.Layout;
import com.foobar.local.StackState.KnownPart;
import com.foobar.local.database.Account;
import com.foobar.local.database.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * What a database server says of itself, asked with the monitoring account.
 */
record DatabaseState(boolean healthy, String text) {

	static DatabaseState of(Layout layout, KnownPart node) {
		Path secrets = layout.secrets().resolve("web-app");
		String url = "jdbc:mysql://127.0.0.1:" + node.port() + "/?"
				+ ServerTls.urlParameters(secrets.resolve("authority.p12")) + "&connectTimeout=2000&socketTimeout=3000";
		try {
			String password = Files.readString(secrets.resolve("read-replica-routing.monitor.password")).strip();
			try (Connection connection = DriverManager.getConnection(url, Account.MONITOR.username(), password);
					Statement statement = connection.createStatement()) {
				return ask(statement);
			}
		}
		catch (IOException | SQLException ex) {
			return new DatabaseState(false, "does not answer: " + ex.getMessage());
		}
	}

	private static DatabaseState ask(Statement statement) throws SQLException {
		boolean readOnly;
		try (ResultSet variables = statement.executeQuery("SELECT @@global.read_only")) {
			readOnly = variables.next() && variables.getBoolean(1);
		}
		try (ResultSet replication = statement.executeQuery("SHOW SLAVE STATUS")) {
			if (!replication.next()) {
				return new DatabaseState(!readOnly,
						readOnly ? "read-only, and follows no primary" : "primary, writable");
			}
			@Nullable String lag = replication.getString("Seconds_Behind_Master");
			boolean running = "Yes".equals(replication.getString("Slave_IO_Running"))
					&& "Yes".equals(replication.getString("Slave_SQL_Running"));
			String error = (replication.getString("Last_IO_Error") + " " + replication.getString("Last_SQL_Error"))
				.strip();
			// Unknown lag is not zero lag.
			return (running && lag != null)
					? new DatabaseState(true, String.format(Locale.ROOT, "replica, %s s behind", lag))
					: new DatabaseState(false, "replica, not replicating" + (error.isEmpty() ? "" : ": " + error));
		}
	}

}
