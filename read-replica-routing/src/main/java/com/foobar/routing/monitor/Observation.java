package com.foobar.routing.monitor;

import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.gtid.GtidSet;

/**
 * What one look at a server found.
 */
sealed interface Observation {

	/**
	 * The server did not answer, or not in time.
	 *
	 * @param detail what the driver said
	 */
	record Unreachable(String detail) implements Observation {

	}

	/**
	 * The server answered that it will not answer: the account is wrong, or may not ask.
	 *
	 * @param detail what the server said
	 */
	record Refused(String detail) implements Observation {

	}

	/**
	 * The primary answered.
	 *
	 * @param readOnly whether it refuses writes
	 * @param executed which transactions it has executed
	 */
	record Primary(boolean readOnly, GtidSet executed) implements Observation {

	}

	/**
	 * A replica answered.
	 *
	 * @param report how its replication goes
	 * @param executed which transactions it has executed
	 */
	record Replica(ReplicationReport report, GtidSet executed) implements Observation {

	}

}
