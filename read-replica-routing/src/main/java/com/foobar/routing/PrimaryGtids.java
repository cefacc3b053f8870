package com.foobar.routing;

import com.foobar.routing.gtid.GtidSet;

/**
 * What the primary has reported about GTIDs, which settles what work can depend on: GTIDs
 * that it lacks were lost when it became the primary, or were never replicated.
 * Immutable.
 *
 * @param executed the GTIDs that it has executed
 * @param queriedAt when it was queried, by {@link System#nanoTime()}
 * @param errant GTIDs of replicas that it has lacked for a while
 */
public record PrimaryGtids(GtidSet executed, long queriedAt, GtidSet errant) {

	/**
	 * Drop GTIDs that the primary does not have.
	 * @param transactions GTIDs known before the primary was queried
	 * @return those that the primary has executed
	 */
	public GtidSet retainExecuted(GtidSet transactions) {
		return this.executed.contains(transactions) ? transactions : transactions.upTo(this.executed);
	}

	/**
	 * Drop errant GTIDs.
	 * @param transactions what a replica has executed
	 * @return those on which a reader of the replica can depend
	 */
	public GtidSet withoutErrant(GtidSet transactions) {
		return this.errant.isEmpty() ? transactions : transactions.without(this.errant, this.executed);
	}

}
