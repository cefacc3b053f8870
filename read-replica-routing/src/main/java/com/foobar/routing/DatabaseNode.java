package com.foobar.routing;

import java.util.Objects;

/**
 * A database server as the configuration names it.
 *
 * @param name unique among the nodes of one application; shown in logs, metrics and
 * health
 * @param role the configured role of the server
 */
public record DatabaseNode(String name, Role role) {

	public DatabaseNode {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(role, "role");
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * The role of a server.
	 */
	public enum Role {

		/** Accepts every write, and the reads that must not or cannot go to a replica. */
		PRIMARY,

		/** Receives the primary's changes by replication and serves reads. */
		REPLICA

	}

}
