package com.foobar.routing.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * MariaDB 10.5 and later. Asking needs the privilege {@code SLAVE MONITOR}.
 */
final class MariaDbDialect implements Dialect {

	private static final ReplicaStatus STATUS = new ReplicaStatus("SHOW ALL SLAVES STATUS", "Slave_IO_Running",
			"Slave_SQL_Running", "Seconds_Behind_Master");

	@Override
	public ReplicationReport replication(Connection connection) throws SQLException {
		return STATUS.read(connection);
	}

}
