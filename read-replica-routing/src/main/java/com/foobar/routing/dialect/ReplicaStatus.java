package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

import com.foobar.routing.dialect.ReplicationReport.Receiver;

/**
 * Reads the rows of {@code SHOW REPLICA STATUS}, which differ between the servers only in
 * the names of the columns.
 *
 * @param query the statement
 * @param receiver column with the state of the receiver
 * @param applier column with the state of the applier
 * @param lag column with the lag in seconds
 * @param received column with the transactions that were received
 * @param executed column with the transactions that were executed
 * @param read columns with the position up to which the source's log was received: file
 * and offset
 * @param applied columns with the position up to which it was applied
 */
record ReplicaStatus(String query, String receiver, String applier, String lag, String received, String executed,
		Position read, Position applied) {

	/**
	 * The columns with a position in the source's log.
	 *
	 * @param file column with the name of the file
	 * @param offset column with the offset in it
	 */
	record Position(String file, String offset) {

		private @Nullable String of(ResultSet row) throws SQLException {
			String name = row.getString(this.file);
			return (name != null && !name.isBlank()) ? name + ":" + row.getString(this.offset) : null;
		}

	}

	ReplicationReport read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query())) {
			ReplicationReport worst = null;
			while (rows.next()) {
				worst = worse(worst, readRow(rows));
			}
			return (worst != null) ? worst : new ReplicationReport(Receiver.ABSENT, "", false, "", null);
		}
	}

	private ReplicationReport readRow(ResultSet row) throws SQLException {
		long seconds = row.getLong(lag());
		boolean unknown = row.wasNull();
		boolean queued = !hasNothingQueued(row);
		Duration lag = unknown ? null : queued ? Duration.ofSeconds(seconds) : Duration.ZERO;
		return new ReplicationReport(receiver(row.getString(receiver())), text(row.getString("Last_IO_Error")),
				"Yes".equalsIgnoreCase(row.getString(applier())), text(row.getString("Last_SQL_Error")), lag, queued);
	}

	/**
	 * Whether all received transactions are executed. The lag in seconds is not enough:
	 * with several workers it is computed from a checkpoint that may be a moment old, so
	 * that an idle replica seems to lag. A replica that does not use GTIDs (MariaDB's
	 * MASTER_USE_GTID=no, or a source without them) lists no received ones, so the
	 * positions in the source's log decide.
	 */
	private boolean hasNothingQueued(ResultSet row) throws SQLException {
		String received = text(row.getString(received()));
		String executed = text(row.getString(executed()));
		if (received.isBlank()) {
			String applied = applied().of(row);
			return applied != null && applied.equals(read().of(row));
		}
		return !executed.isBlank() && GtidSet.parse(executed).contains(GtidSet.parse(received));
	}

	private static Receiver receiver(@Nullable String state) {
		return switch (text(state).toLowerCase(Locale.ROOT)) {
			case "yes" -> Receiver.CONNECTED;
			// MariaDB reports "Preparing" between the two.
			case "connecting", "preparing" -> Receiver.CONNECTING;
			default -> Receiver.STOPPED;
		};
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static ReplicationReport worse(@Nullable ReplicationReport one, ReplicationReport other) {
		if (one == null) {
			return other;
		}
		if (one.applying() != other.applying()) {
			return one.applying() ? other : one;
		}
		if (one.receiver() != other.receiver()) {
			return (one.receiver().compareTo(other.receiver()) > 0) ? one : other;
		}
		if (one.lag() == null || other.lag() == null) {
			return (one.lag() == null) ? one : other;
		}
		return (one.lag().compareTo(other.lag()) >= 0) ? one : other;
	}

}
