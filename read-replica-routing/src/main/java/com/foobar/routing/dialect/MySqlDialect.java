package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * MySQL 8.0.22 and later. Asking needs the privilege {@code REPLICATION CLIENT}.
 */
final class MySqlDialect implements Dialect {

	private static final ReplicaStatus STATUS = new ReplicaStatus("SHOW REPLICA STATUS", "Replica_IO_Running",
			"Replica_SQL_Running", "Seconds_Behind_Source", true);

	private static final String TRACK = "SET SESSION session_track_gtids=OWN_GTID";

	@Override
	public ReplicationReport replication(Connection connection) throws SQLException {
		return STATUS.read(connection);
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
