package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A set of transactions, named by GTIDs: what a server has executed, or what a reader
 * requires. Immutable and thread-safe. Sets of two kinds of servers have nothing in
 * common.
 */
public sealed interface GtidSet permits MySqlGtidSet, MariaDbGtidSet {

	/** Maximum length of a shortened set as text, in characters. */
	int MAX_LENGTH = 1024;

	/** No transaction. Part of every set. */
	GtidSet NONE = MySqlGtidSet.EMPTY;

	/**
	 * Whether the set contains no transaction.
	 * @return whether it is empty
	 */
	boolean isEmpty();

	/**
	 * Whether a server that has executed this set has executed the other one too.
	 * @param other the other set
	 * @return whether all of it is in this set
	 */
	boolean contains(GtidSet other);

	/**
	 * Whether this set is as new as the other one, regardless of gaps: for each source
	 * that is in both sets, it has a transaction as new as the newest of the other set.
	 * @param other the other set
	 * @return whether it is; sets of two kinds of servers have no source in common
	 */
	boolean reaches(GtidSet other);

	/**
	 * Add transactions. They may be older or newer than those of this set: commits of
	 * threads and tokens of services arrive in any order.
	 * @param other the other transactions
	 * @return both; of sets of two kinds of servers, the other one
	 */
	GtidSet plus(GtidSet other);

	/**
	 * Remove what a later commit makes redundant. On MariaDB a commit implies all earlier
	 * transactions of its domain, and proves that no higher number exists. On MySQL it
	 * implies nothing about other transactions.
	 * @param commit what was committed after this set was received
	 * @return the transactions that are still required
	 */
	GtidSet settledBy(GtidSet commit);

	/**
	 * Intersect the sets.
	 * @param other the other set
	 * @return the transactions that are in both
	 */
	GtidSet retain(GtidSet other);

	/**
	 * Subtract the other set.
	 * @param other the other set
	 * @return the transactions that are in this one only
	 */
	GtidSet minus(GtidSet other);

	/**
	 * Reduce the set to what a server has executed. Unlike {@link #retain}, this keeps
	 * the earlier transactions of a MariaDB domain, since a position implies them.
	 * @param executed what the server has executed
	 * @return the part of this set that the server has
	 */
	GtidSet upTo(GtidSet executed);

	/**
	 * Remove transactions, and keep those before them.
	 * @param errant the transactions
	 * @param executed what the primary has executed, without them
	 * @return the set as if they had never been committed
	 */
	GtidSet without(GtidSet errant, GtidSet executed);

	/**
	 * Shorten a long set in three steps, each only if needed. First the oldest
	 * transactions of each source go, since replicas commit in the order of their source
	 * and the newest imply the older ones. Then the sources go whose transactions are all
	 * dispensable. Last, with more sources than servers have in practice, the sources go
	 * that are not needed.
	 * @param needed transactions whose sources are kept, as far as there is room
	 * @param dispensable transactions that every server has anyway; called only when
	 * needed
	 * @return the set, or one that is short enough for a cookie
	 */
	GtidSet shorten(GtidSet needed, Supplier<GtidSet> dispensable);

	/**
	 * The query that makes a replica wait until it has executed the set. Its result is 0
	 * when the replica has executed it.
	 * @param timeout how long it may wait; must be positive, since zero means
	 * indefinitely to the servers
	 * @return the query
	 */
	String waitQuery(Duration timeout);

	/**
	 * The set in the notation of its kind of server, with commas between the sources.
	 * @return the text, empty for an empty set
	 */
	@Override
	String toString();

	/**
	 * Parse a set in the notation of either kind of server.
	 * @param text the text
	 * @return the set
	 * @throws IllegalArgumentException if the text is not a GTID set
	 */
	static GtidSet parse(String text) {
		if (text.isBlank()) {
			return NONE;
		}
		return MariaDbGtidSet.looksLike(text) ? MariaDbGtidSet.parse(text) : MySqlGtidSet.parse(text);
	}

}
