package com.foobar.local.database;

import java.util.List;

/**
 * The database accounts, each with no more than its work needs.
 */
public enum Account {

	/** Sets the server up; made on each node by itself, may do anything. */
	ROOT("root", List.of()),

	/** Runs the application: rows, no tables. */
	APP("foobar_app", List.of("SELECT, INSERT, UPDATE, DELETE ON foobar.*")),

	/** Runs the schema migrations. */
	MIGRATION("foobar_migration", List.of("ALL PRIVILEGES ON foobar.*")),

	/** Reads the primary's binary log. */
	REPLICATION("foobar_replication", List.of("REPLICATION SLAVE ON *.*")),

	/**
	 * Reads the state of replication, no rows. A connection that names the database in
	 * its URL is refused to an account without any privilege in it: EXECUTE opens it and
	 * shows nothing, as there are no routines.
	 */
	MONITOR("foobar_monitor", List.of("BINLOG MONITOR, SLAVE MONITOR ON *.*", "EXECUTE ON foobar.*"));

	private final String username;

	// Only ever List.of(...).
	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> grants;

	Account(String username, List<String> grants) {
		this.username = username;
		this.grants = grants;
	}

	public String username() {
		return this.username;
	}

	List<String> grants() {
		return this.grants;
	}

}
