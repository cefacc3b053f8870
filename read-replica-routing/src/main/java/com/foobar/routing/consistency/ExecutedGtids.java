package com.foobar.routing.consistency;

import java.time.Duration;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * What the servers have executed, where the snapshot is too old. Thread-safe.
 */
public interface ExecutedGtids {

	/** Knows nothing. */
	ExecutedGtids UNKNOWN = new ExecutedGtids() {

		@Override
		public @Nullable GtidSet queryPrimary(DatabaseNode node, Duration timeout) {
			return null;
		}

		@Override
		public void record(DatabaseNode node, @Nullable String server, GtidSet transactions) {
		}

	};

	/**
	 * Query the primary. Concurrent callers share a query, so that the rate is bounded
	 * however many there are.
	 * @param node the node in the role of the primary
	 * @param timeout how long the caller waits at most
	 * @return what it has executed, seen after this call started, or {@code null} if it
	 * did not respond in time or turned out not to be the primary
	 */
	@Nullable GtidSet queryPrimary(DatabaseNode node, Duration timeout);

	/**
	 * Record what a server has executed, so that the next snapshot includes it.
	 * @param node the node
	 * @param server identity of the server, {@code null} if unknown. Ignored if it is not
	 * the probed one
	 * @param transactions GTIDs that it has executed, among others
	 */
	void record(DatabaseNode node, @Nullable String server, GtidSet transactions);

}
