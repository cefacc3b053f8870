package com.foobar.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import com.foobar.local.database.Account;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of queries on a replica, which is MariaDB.
 */
class QueriesIT extends QueriesContract {

	@SuppressWarnings("NullAway.Init")
	private ReplicatedDatabase database;

	/** Without replicas there is no routing, and a read is followed by a commit. */
	@ParameterizedTest
	@ValueSource(strings = { "/", "/api/notices", "/api/notices/1", "/notices/1" })
	void aReadIsOneStatement(String path) throws SQLException {
		assertThat(statementsOf(path)).hasSize(1);
	}

	@Override
	Map<String, String> startServers() {
		this.database = new ReplicatedDatabase();
		return this.database.settings();
	}

	@Override
	void awaitEverything() {
		this.database.servers.awaitCaughtUp();
	}

	@Override
	Connection observe() throws SQLException {
		return this.database.servers.replica(0).connect(Account.ROOT);
	}

	@Override
	String observed() {
		return "mariadb-replica-1";
	}

	@Override
	void stopServers() {
		this.database.close();
	}

}
