package com.foobar.local.database;

import java.util.List;
import java.util.Locale;

/**
 * The database accounts, each with the privileges that its work needs.
 */
public enum Account {

	/** Sets up the server; created on each node, with all privileges. */
	ROOT("root", List.of()),

	/** Runs the application: rows, no tables. */
	APP("foobar_app", List.of("SELECT, INSERT, UPDATE, DELETE ON foobar.*")),

	/** Runs the schema migrations. */
	MIGRATION("foobar_migration", List.of("ALL PRIVILEGES ON foobar.*")),

	/** Reads the primary's binary log. */
	REPLICATION("foobar_replication", List.of("REPLICATION SLAVE ON *.*")),

	/**
	 * Reads the state of replication, no rows. A server rejects a connection to a
	 * database in which the account has no privilege; EXECUTE permits it and reveals
	 * nothing, because there are no routines.
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

	/** The file that holds the password, in a database server's directory of secrets. */
	String passwordFile() {
		return name().toLowerCase(Locale.ROOT) + "-password";
	}

	List<String> grants() {
		return this.grants;
	}

}
