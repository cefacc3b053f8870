package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.foobar.routing.dialect.ReplicaStatus.Position;

/**
 * MariaDB 10.5 and later. The queries need the privilege {@code SLAVE MONITOR}.
 */
final class MariaDbDialect implements Dialect {

	private static final ReplicaStatus STATUS = new ReplicaStatus("SHOW ALL SLAVES STATUS", "Slave_IO_Running",
			"Slave_SQL_Running", "Seconds_Behind_Master", "Gtid_IO_Pos", "Gtid_Slave_Pos",
			new Position("Master_Log_File", "Read_Master_Log_Pos"),
			new Position("Relay_Master_Log_File", "Exec_Master_Log_Pos"));

	/**
	 * Keeps what the session tracks already, which the driver may rely on. The server
	 * reports the sequence number of a commit only if it differs from that of the
	 * session's last one, so a change of the domain must be tracked too.
	 */
	private static final String TRACK = "SET SESSION session_track_system_variables="
			+ "CONCAT_WS(',', NULLIF(@@session_track_system_variables, ''), 'last_gtid', 'gtid_domain_id')";

	@Override
	public ReplicationReport replication(Connection connection) throws SQLException {
		return STATUS.read(connection);
	}

	@Override
	public String serverVariable() {
		return "server_id";
	}

	@Override
	public String executedVariable() {
		return "gtid_current_pos";
	}

	/**
	 * By their older names, under which all versions report them.
	 */
	@Override
	public List<String> sessionVariables() {
		return List.of("autocommit", "tx_isolation", "tx_read_only");
	}

	@Override
	public String trackCommits() {
		return TRACK;
	}

}
