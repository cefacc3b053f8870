package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.foobar.routing.dialect.ReplicaStatus.Position;
import com.foobar.routing.dialect.ReplicationReport.Receiver;

/**
 * MySQL 8.0.22 and later. The queries need the privilege {@code REPLICATION CLIENT}, and
 * {@code SELECT} on {@code performance_schema} for a lag finer than a second.
 */
final class MySqlDialect implements GroupDialect {

	private static final ReplicaStatus STATUS = new ReplicaStatus("SHOW REPLICA STATUS", "Replica_IO_Running",
			"Replica_SQL_Running", "Seconds_Behind_Source", "Retrieved_Gtid_Set", "Executed_Gtid_Set",
			new Position("Source_Log_File", "Read_Source_Log_Pos"),
			new Position("Relay_Source_Log_File", "Exec_Source_Log_Pos"));

	private static final String TRACK = "SET SESSION session_track_gtids=OWN_GTID";

	/**
	 * For each transaction that is being applied or delayed, how long ago it was
	 * committed on its original server, in seconds with a fraction.
	 */
	private static final String AGES = "SELECT UNIX_TIMESTAMP(NOW(6)) - UNIX_TIMESTAMP(APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP)"
			+ " FROM performance_schema.replication_applier_status_by_worker WHERE APPLYING_TRANSACTION <> '' "
			+ "UNION ALL SELECT UNIX_TIMESTAMP(NOW(6)) - UNIX_TIMESTAMP(PROCESSING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP)"
			+ " FROM performance_schema.replication_applier_status_by_coordinator WHERE PROCESSING_TRANSACTION <> ''";

	/**
	 * A transaction without a commit time has the time zero, which is longer ago than
	 * this.
	 */
	private static final long UNKNOWN_AGE_SECONDS = Duration.ofDays(3650).toSeconds();

	private static final String MEMBERS = "SELECT MEMBER_ID = @@global.server_uuid, MEMBER_STATE, MEMBER_ROLE"
			+ " FROM performance_schema.replication_group_members";

	private static final String QUEUE = "SELECT COUNT_TRANSACTIONS_REMOTE_IN_APPLIER_QUEUE"
			+ " FROM performance_schema.replication_group_member_stats WHERE MEMBER_ID = @@global.server_uuid";

	@Override
	public ReplicationReport replication(Connection connection) throws SQLException {
		ReplicationReport report = STATUS.read(connection);
		// The age of what is being applied does not matter if nothing is queued or the
		// lag is unknown.
		if (!report.applying() || !report.queued() || report.lag() == null) {
			return report;
		}
		Duration age = age(connection);
		return (age != null) ? report.withLag(age) : report;
	}

	/**
	 * The age of the transaction being applied, {@code null} if there is none at the
	 * moment or the account lacks the privilege.
	 */
	private static @Nullable Duration age(Connection connection) throws SQLException {
		Duration oldest = null;
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(AGES)) {
			while (rows.next()) {
				double seconds = rows.getDouble(1);
				if (!rows.wasNull() && seconds < UNKNOWN_AGE_SECONDS) {
					// The clocks of two servers differ.
					Duration age = Duration.ofNanos((long) (Math.max(0, seconds) * 1e9));
					oldest = (oldest == null || age.compareTo(oldest) > 0) ? age : oldest;
				}
			}
		}
		catch (SQLException ex) {
			if (ex.getSQLState() != null && ex.getSQLState().startsWith("42")) {
				return null;
			}
			throw ex;
		}
		return oldest;
	}

	@Override
	public GroupView group(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(MEMBERS)) {
			String state = "OFFLINE";
			boolean primary = false;
			int members = 0;
			int reachable = 0;
			while (rows.next()) {
				String memberState = rows.getString(2).toUpperCase(Locale.ROOT);
				members++;
				if (memberState.equals("ONLINE") || memberState.equals("RECOVERING")) {
					reachable++;
				}
				if (rows.getBoolean(1)) {
					state = memberState;
					primary = "PRIMARY".equalsIgnoreCase(rows.getString(3));
				}
			}
			return new GroupView(state, primary, reachable * 2 > members);
		}
	}

	@Override
	public ReplicationReport replication(Connection connection, GroupView group) throws SQLException {
		if (!group.isOnline()) {
			return new ReplicationReport(Receiver.STOPPED, "its state in the group is " + group.state(), true, "",
					null);
		}
		return new ReplicationReport(group.majority() ? Receiver.CONNECTED : Receiver.CONNECTING,
				group.majority() ? "" : "it reaches less than half of its group", true, "", lagInGroup(connection));
	}

	private static @Nullable Duration lagInGroup(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUEUE)) {
			if (row.next() && row.getLong(1) == 0) {
				return Duration.ZERO;
			}
		}
		return age(connection);
	}

	@Override
	public String serverVariable() {
		return "server_uuid";
	}

	@Override
	public String executedVariable() {
		return "gtid_executed";
	}

	@Override
	public String trackCommits() {
		return TRACK;
	}

}
