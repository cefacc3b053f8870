package com.foobar.routing.monitor;

/**
 * Answers "who says which server is the primary?".
 */
public enum PrimaryDiscovery {

	/** The configuration does, for good. */
	STATIC,

	/** The servers do: it is the one that is not read-only. */
	READ_ONLY_FLAG,

	/** The members of a MySQL Group Replication do, in single-primary mode. */
	GROUP_REPLICATION

}
