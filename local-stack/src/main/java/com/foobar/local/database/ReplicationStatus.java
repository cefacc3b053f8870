package com.foobar.local.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The replication state of a replica, in the server's words.
 *
 * @param fetching {@code Yes}, {@code No}, {@code Connecting} or {@code Preparing}
 * @param applying {@code Yes} or {@code No}
 * @param lag {@code null} if the server does not know it, which is not zero
 * @param error the last error, empty if there is none
 */
public record ReplicationStatus(String fetching, String applying, @Nullable Duration lag, String error) {

	/**
	 * Reads the state of a server.
	 * @return empty if the server follows no primary
	 */
	public static Optional<ReplicationStatus> read(Statement statement) throws SQLException {
		try (ResultSet status = statement.executeQuery("SHOW SLAVE STATUS")) {
			if (!status.next()) {
				return Optional.empty();
			}
			@Nullable String lag = status.getString("Seconds_Behind_Master");
			String error = status.getString("Last_IO_Error") + " " + status.getString("Last_SQL_Error");
			return Optional
				.of(new ReplicationStatus(status.getString("Slave_IO_Running"), status.getString("Slave_SQL_Running"),
						(lag != null) ? Duration.ofSeconds(Long.parseLong(lag)) : null, error.strip()));
		}
	}

	public boolean isRunning() {
		return this.fetching.equals("Yes") && this.applying.equals("Yes");
	}

}
