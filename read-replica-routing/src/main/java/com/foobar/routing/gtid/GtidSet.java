package com.foobar.routing.gtid;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A set of transactions, named by global identifiers: what a server has executed, or what
 * a reader wants to see. Immutable and thread-safe. Sets of two kinds of servers have
 * nothing in common.
 */
public sealed interface GtidSet permits MySqlGtidSet, MariaDbGtidSet {

	/** How many characters a shortened set has at most as text. */
	int MAX_LENGTH = 1024;

	/** No transaction. Part of every set. */
	GtidSet NONE = MySqlGtidSet.EMPTY;

	/**
	 * Whether the set has no transaction.
	 * @return whether it is empty
	 */
	boolean isEmpty();

	/**
	 * Whether whoever has executed this set has executed the other one too.
	 * @param other the other set
	 * @return whether all of it is in this set
	 */
	boolean contains(GtidSet other);

	/**
	 * Whether this set is as new as the other one, whatever gaps it has: of each source
	 * that both know it has a transaction as new as the newest of the other.
	 * @param other the other set
	 * @return whether it is; sets of two kinds of servers have no source in common
	 */
	boolean reaches(GtidSet other);

	/**
	 * Add transactions. They may be older or newer than those of this set: threads hear
	 * of their commits, and services of each other's, in any order.
	 * @param other the other transactions
	 * @return both; of sets of two kinds of servers, the other one
	 */
	GtidSet plus(GtidSet other);

	/**
	 * Leave out what a commit that came later has settled. On MariaDB a commit implies
	 * all that came before it in its domain, and disproves a higher number; on MySQL it
	 * tells nothing about other transactions.
	 * @param commit what was committed after this set was heard of
	 * @return what is still open
	 */
	GtidSet settledBy(GtidSet commit);

	/**
	 * Leave out what the other set does not have.
	 * @param other the other set
	 * @return the transactions that are in both
	 */
	GtidSet retain(GtidSet other);

	/**
	 * Leave out what the other set has.
	 * @param other the other set
	 * @return the transactions that are in this one only
	 */
	GtidSet minus(GtidSet other);

	/**
	 * Go back to what a server has executed. Unlike {@link #retain} this keeps what came
	 * before in the same MariaDB domain, of which a position says that it was there.
	 * @param executed what the server has executed
	 * @return what is left of this set on that server
	 */
	GtidSet upTo(GtidSet executed);

	/**
	 * Leave out transactions, and keep what came before them.
	 * @param errant the transactions
	 * @param executed what the primary has executed, without them
	 * @return the set as it would be if they had never been
	 */
	GtidSet without(GtidSet errant, GtidSet executed);

	/**
	 * Cut a set that has become long: of each source the oldest transactions, since
	 * replicas commit in the order of their source, so that the newest imply the older
	 * ones; then the sources of which all is dispensable; then, which takes more sources
	 * than servers have in practice, those that are not needed most.
	 * @param needed what is not cut, as far as there is room
	 * @param dispensable what every server has anyway; asked for if there is need
	 * @return the set, or one that is short enough to be carried in a cookie
	 */
	GtidSet shorten(GtidSet needed, Supplier<GtidSet> dispensable);

	/**
	 * The query that makes a replica wait until it has executed the set. It answers 0
	 * when it has.
	 * @param patience how long it may wait, which must be positive: to the servers zero
	 * means for ever
	 * @return the query
	 */
	String waitQuery(Duration patience);

	/**
	 * The set as its kind of server writes it, with commas between the sources.
	 * @return the text, empty for an empty set
	 */
	@Override
	String toString();

	/**
	 * Read a set as a server of either kind writes it.
	 * @param text the text
	 * @return the set
	 * @throws IllegalArgumentException if it is no such text
	 */
	static GtidSet parse(String text) {
		if (text.isBlank()) {
			return NONE;
		}
		return MariaDbGtidSet.looksLike(text) ? MariaDbGtidSet.parse(text) : MySqlGtidSet.parse(text);
	}

}
