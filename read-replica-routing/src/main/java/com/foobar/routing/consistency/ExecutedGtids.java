package com.foobar.routing.consistency;

import java.time.Duration;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers "what has this server executed by now?", where the snapshot is too old.
 * Thread-safe.
 */
public interface ExecutedGtids {

	/**
	 * Ask the primary, together with all others who want to know at the same time, so
	 * that it is asked at a bounded rate however many ask.
	 * @param node who is believed to be the primary
	 * @param patience how long the caller waits at most
	 * @return what it has executed, seen after this call began, or {@code null} if it did
	 * not answer in time or turned out not to be the primary
	 */
	@Nullable GtidSet askPrimary(DatabaseNode node, Duration patience);

	/**
	 * Tell what a server is known to have executed, so that the next snapshot knows.
	 * @param node the server
	 * @param server its identity, of which nothing is taken for known if it is not the
	 * one that was looked at; {@code null} if it has not told
	 * @param transactions what it has executed, among others
	 */
	void tell(DatabaseNode node, @Nullable String server, GtidSet transactions);

}
