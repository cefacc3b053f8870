package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * MySQL 8.0.22 and later. Asking needs the privilege {@code REPLICATION CLIENT}.
 */
final class MySqlDialect implements Dialect {

	private static final ReplicaStatus STATUS = new ReplicaStatus("SHOW REPLICA STATUS", "Replica_IO_Running",
			"Replica_SQL_Running", "Seconds_Behind_Source");

	@Override
	public ReplicationReport replication(Connection connection) throws SQLException {
		return STATUS.read(connection);
	}

}
