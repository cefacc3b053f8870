package com.foobar.routing.monitor;

/**
 * Answers "how is the primary determined?".
 */
public enum PrimaryDiscovery {

	/** By the configuration, permanently. */
	STATIC,

	/** By the servers: it is the one that is not read-only. */
	READ_ONLY_FLAG,

	/** By the members of a MySQL Group Replication in single-primary mode. */
	GROUP_REPLICATION

}
