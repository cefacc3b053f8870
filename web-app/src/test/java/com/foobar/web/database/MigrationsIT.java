package com.foobar.web.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.foobar.local.database.Account;
import com.foobar.local.database.ReplicatedMariaDb;

/**
 * The contract of migrations on MariaDB.
 */
class MigrationsIT extends MigrationsContract {

	@SuppressWarnings("NullAway.Init")
	private ReplicatedMariaDb server;

	@Override
	Database startServer() throws SQLException {
		this.server = ReplicatedMariaDb.builder().replicas(0).start();
		try (Connection root = this.server.primary().connect(Account.ROOT);
				Statement statement = root.createStatement()) {
			// For the trigger that is found.
			statement.execute("SET GLOBAL log_bin_trust_function_creators = ON");
		}
		return new Database(this.server.primary().jdbcUrl(), Account.MIGRATION.username(),
				this.server.credentials().password(Account.MIGRATION));
	}

	@Override
	void stopServer() {
		this.server.close();
	}

}
